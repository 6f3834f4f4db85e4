import type { TestCollege } from './college.js';
import { asOwner } from './sql.js';

/** Who recorded and who approved, of tables that require both. */
export const RECORDED = {
  recorded_by: 'T0001',
  recorded_at: '2026-03-01T00:00:00Z',
  approved_by: 'T0002',
  approved_at: '2026-03-02T00:00:00Z',
};

type Value = string | number | boolean | null | readonly string[] | object;

/** Lists of plain names are arrays of the database; any other object is JSON. */
const bound = (value: Value | undefined): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? JSON.stringify(value)
    : value;

/** Put one row into a table of an office as its owner: flows that write it are tested elsewhere. */
export async function put(
  college: TestCollege,
  office: string,
  table: string,
  row: Readonly<Record<string, Value>>,
): Promise<Record<string, string>> {
  const columns = Object.keys(row);
  const [written = {}] = await asOwner<Record<string, string>>(
    college,
    office,
    `insert into ${table} (${columns.join(', ')})
     values (${columns.map((_, at) => `$${at + 1}`).join(', ')}) returning *`,
    columns.map((column) => bound(row[column])),
  );
  return written;
}
