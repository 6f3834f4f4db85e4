import { columnsOf } from '../database/columns.js';
import { snake } from '../database/snake.js';
import type { ParentNoun, VisibleRow } from './noun.js';

/** SQL: the table of a noun, and its row of a number, which is the one parameter. */
export function byNumber<Row extends VisibleRow>({
  entity,
  key = 'id' as keyof Row & string,
}: ParentNoun<Row>): { table: string; where: string } {
  const { table, fields } = columnsOf(entity as never, [key] as never[]);
  return { table, where: `${snake(key)} = ?::${fields[key]}` };
}
