import { columnsOf, hasColumn } from '../database/columns.js';
import { snake } from '../database/snake.js';
import type { ParentNoun, VisibleRow } from './noun.js';

/** SQL: the column by which a row is written, with its type: its own number, where a key may name several. */
export function numberColumn<Row extends VisibleRow>({ entity, key }: ParentNoun<Row>) {
  const name = hasColumn(entity, 'id') ? ('id' as keyof Row & string) : (key ?? 'id');
  const { fields } = columnsOf(entity as never, [name] as never[]);
  return { name: name as keyof Row & string, column: snake(name), type: fields[name] ?? '' };
}

/** SQL: the table of a noun, and its row of a number, which is the one parameter. */
export function byNumber<Row extends VisibleRow>({
  entity,
  key = 'id' as keyof Row & string,
}: ParentNoun<Row>): { table: string; where: string } {
  const { table, fields } = columnsOf(entity as never, [key] as never[]);
  return { table, where: `${snake(key)} = ?::${fields[key]}` };
}
