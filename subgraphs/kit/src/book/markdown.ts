/** A cell may hold no bar and no line break. */
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** Lines of a table of Markdown; none when it would have no rows. */
export const table = (
  heads: readonly string[],
  rows: readonly (readonly string[])[],
): readonly string[] =>
  rows.length === 0
    ? []
    : [
        `| ${heads.join(' | ')} |`,
        `|${heads.map(() => '---').join('|')}|`,
        ...rows.map((row) => `| ${row.map(cell).join(' | ')} |`),
        '',
      ];

/** Keys with the same text, grouped: `[[A, B], text]`. */
export function together<Key>(entries: readonly (readonly [Key, string])[]): [Key[], string][] {
  const byText = Map.groupBy(entries, ([, text]) => text);
  return [...byText].map(([text, same]) => [same.map(([key]) => key), text]);
}
