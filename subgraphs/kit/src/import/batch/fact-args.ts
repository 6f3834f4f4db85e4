/** The arguments by which one fact is proposed: the columns of its kind, read by the same codecs. */
import { ArgsType, Field, ID, Int, type ClassType } from 'type-graphql';
import type { ChangeRequest } from '../../change/door.js';
import { invalid } from '../../change/errors.js';
import { ChangeArgs } from '../../change/payload.js';
import { Day, Decimal } from '../../schema/scalars.js';
import type { Column, ImportKind } from '../kind.js';
import type { Layout } from '../layout.js';
import type { ArgumentForm, Parsed, Reason } from '../reason.js';
import { readRow } from '../row.js';

/** A proposal: an argument for each column, and what stands beside a file. */
export interface FactRequest extends ChangeRequest {
  readonly basisDocNo?: string;
  readonly [field: string]: unknown;
}

const TYPES: Readonly<Record<ArgumentForm['type'], unknown>> = {
  Text: String,
  Int,
  Boolean,
  Date: Day,
  Decimal,
  Texts: [String],
};

/** Numbers of things (`billNo`) are names; a choice is text, as a cell has it. */
function typeOf({ field, codec }: Column): unknown {
  if (codec.argument) return TYPES[codec.argument.type];
  return field.endsWith('No') ? ID : String;
}

/** `应缴金额 · amount`, and the unit where it is not that of a file. */
function describe({ headers: [english, chinese], field, codec }: Column): string {
  const unit = field.endsWith('Fen') ? '，单位为分 · in fen' : '';
  const words = codec.argument?.oneOf ? `：${codec.argument.oneOf.join('、')}` : '';
  return `${chinese} · ${english.replaceAll('_', ' ')}${unit}${words}`;
}

/** The arguments of a proposal of one fact of a kind. */
export function factArgs(kind: ImportKind): ClassType<FactRequest> {
  @ArgsType()
  class FactArgs extends ChangeArgs {
    @Field(() => String, {
      nullable: true,
      description: '依据文件编号 · Number of the basis document.',
    })
    basisDocNo?: string;
  }
  for (const column of kind.columns) {
    const options = { nullable: !column.required, description: describe(column) };
    Field(() => typeOf(column) as never, options)(FactArgs.prototype, column.field);
  }
  return FactArgs as unknown as ClassType<FactRequest>;
}

/** The columns of a kind side by side, each under the name of its argument. */
export const layoutOf = ({ columns }: Pick<ImportKind, 'columns'>): Layout => ({
  width: columns.length,
  placed: columns.map((column, at) => ({ column, at, header: column.field })),
  conditions: [],
  unknown: [],
});

/** @throws VALIDATION naming the argument. */
export const refused = (argument: string, { zh, en }: Reason) =>
  invalid(argument, `${zh}。 ${argument}: ${en}.`);

/** A value as a cell has it; empty for none. */
function cellOf({ codec: { argument } }: Column, value: unknown): Parsed<string> {
  if (value === undefined || value === null) return { value: '' };
  return argument ? argument.cell(value as never) : { value: value as string };
}

/**
 * The row that the arguments describe: read as the row of a file is, cell by cell.
 *
 * @throws VALIDATION naming the argument that is wrong.
 */
export function readFact<Row>(kind: ImportKind<Row>, request: FactRequest): Row {
  const cells = kind.columns.map((column) => {
    const cell = cellOf(column, request[column.field]);
    if ('reason' in cell) throw refused(column.field, cell.reason);
    return cell.value;
  });
  const row = readRow(kind, layoutOf(kind), { line: 1, cells }, false);
  if ('value' in row) return row.value;
  const [problem] = row.problems;
  throw refused(problem?.column ?? '', problem?.reason ?? { zh: '', en: '' });
}
