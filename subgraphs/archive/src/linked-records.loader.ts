/** The records that a sanction, a repair or a measure rests on: those that the caller may see. */
import type { Context } from '@chengxin/kit/call/context';
import { execute } from '@chengxin/kit/database/orm';
import type { Group } from '@chengxin/kit/privacy/groups';
import DataLoader from 'dataloader';
import {
  closedConductRecordsOf,
  conductRecordsOf,
  pendingConductOf,
} from './conduct/conduct.loader.js';

/** Table and columns that name a student's records by what rests on them. */
export interface Link {
  readonly table: string;
  readonly owner: string;
  readonly record: string;
}
/** A row that rests on records. */
interface Owner {
  readonly id: string;
  readonly studentNo: string;
}

const LOADERS: readonly (readonly [Group, typeof conductRecordsOf])[] = [
  ['BAD_CONDUCT', conductRecordsOf],
  ['CLOSED_CONDUCT', closedConductRecordsOf],
  ['PENDING_CONDUCT', pendingConductOf],
];

async function visibleIds(ctx: Context, studentNo: string): Promise<ReadonlySet<string>> {
  const open = LOADERS.filter(([group]) => ctx.opens(group, studentNo));
  const found = await Promise.all(open.map(([, recordsOf]) => recordsOf(ctx).load(studentNo)));
  return new Set(found.flat().map(({ id }) => id));
}

/** Those of some records of a student that the caller sees, in their order. */
export async function visibleAmong(
  ctx: Context,
  studentNo: string,
  ids: readonly string[],
): Promise<string[]> {
  const visible = await visibleIds(ctx, studentNo);
  return ids.filter((id) => visible.has(id));
}

const linksOf = (ctx: Context, link: Link) =>
  ctx.loader(
    link,
    () =>
      new DataLoader(async (studentNos: readonly string[]) => {
        const { table, owner, record } = link;
        const rows = await execute<{ studentNo: string; owner: string; record: string }>(
          ctx.em,
          `select student_no as "studentNo", ${owner} as owner, ${record} as record
           from ${table} where student_no = any(?::text[]) and ${owner} is not null order by 2, 3`,
          [studentNos],
        );
        const byStudent = Map.groupBy(rows, ({ studentNo }) => studentNo);
        return studentNos.map((studentNo) => byStudent.get(studentNo) ?? []);
      }),
  );

/** Numbers of the records of one row, for any number of rows in one statement. */
export async function recordIdsOf(
  ctx: Context,
  link: Link,
  { id, studentNo }: Owner,
): Promise<string[]> {
  const [links, visible] = await Promise.all([
    linksOf(ctx, link).load(studentNo),
    visibleIds(ctx, studentNo),
  ]);
  return links
    .filter(({ owner, record }) => owner === id && visible.has(record))
    .map(({ record }) => record);
}
