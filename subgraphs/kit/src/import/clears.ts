import { headingName } from './heading.js';
import type { ImportKind } from './kind.js';
import { refusedFile } from './reason.js';

/**
 * The fields whose empty cells clear what is stored, requested by name (F-13).
 *
 * @param names  Fields or headings.
 * @throws  `VALIDATION` for a name that is no column of the file, or that every row must fill.
 */
export function clearedFields(
  kind: ImportKind,
  columns: readonly { readonly field: string; readonly header: string }[],
  names: readonly string[],
): ReadonlySet<string> {
  const fields = names.map((name) => {
    const wanted = headingName(name);
    const found = columns.find((one) =>
      [one.field, one.header, ...(headersOf(kind, one.field) ?? [])]
        .map(headingName)
        .includes(wanted),
    );
    if (!found)
      throw refusedFile(
        `--empty-clears：文件没有列“${name}”。`,
        `--empty-clears: the file has no column “${name}”.`,
      );
    if (kind.columns.some(({ field, required }) => field === found.field && required))
      throw refusedFile(
        `--empty-clears：“${name}”为必填列，不能清空。`,
        `--empty-clears: every row must fill “${name}”, it cannot be cleared.`,
      );
    return found.field;
  });
  return new Set(fields);
}

const headersOf = (kind: ImportKind, field: string) =>
  kind.columns.find((column) => column.field === field)?.headers;
