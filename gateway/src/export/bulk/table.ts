/** Rows of students as a table: one column for each leaf. Pure. */
import { isObject, type Values } from '../../objects.js';

export type Cell = string | number | boolean | null;
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** `{ tuition: { category } }` → `tuition.category`; a list stands as its JSON. */
function leavesOf(value: Values, above = ''): [column: string, cell: Cell][] {
  return Object.entries(value).flatMap(([name, inner]): [string, Cell][] => {
    const column = above + name;
    if (isObject(inner) && !Array.isArray(inner)) return leavesOf(inner, `${column}.`);
    return [[column, Array.isArray(inner) ? JSON.stringify(inner) : (inner as Cell)]];
  });
}

export function tableOf(students: readonly Values[]): Table {
  const rows = students.map((student) => new Map(leavesOf(student)));
  const columns = [...new Set(rows.flatMap((row) => [...row.keys()]))];
  return { columns, rows: rows.map((row) => columns.map((column) => row.get(column) ?? null)) };
}
