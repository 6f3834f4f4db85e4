export const DELIMITERS = [',', ';', '\t'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/**
 * The delimiter that occurs most often in the header line, outside quotes. A file of one column has
 * none and counts as separated by commas.
 *
 * @param beginning  First piece of the text; its first line that is not empty is the header.
 */
export function delimiterOf(beginning: string): Delimiter {
  const outside = beginning.replace(/"(?:[^"]|"")*"/g, 'x').split(/\r\n?|\n/);
  const header = outside.find((line) => line.trim() !== '') ?? '';
  const count = (delimiter: Delimiter): number => header.split(delimiter).length - 1;
  return DELIMITERS.reduce((best, next) => (count(next) > count(best) ? next : best));
}
