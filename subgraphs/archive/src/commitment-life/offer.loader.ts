/** To whom an office offers a promise: statements that do not grow with the numbers. */
import type { Context } from '@chengxin/kit/call/context';
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import { listed } from '../row-groups/row-groups.js';
import { visibleAmong } from '../student/student.loader.js';
import type { CommitmentTemplate } from '../life-cycle/commitment-template.entity.js';
import type { Commitment } from '../life-cycle/commitment.entity.js';
import { commitmentsOf } from '../life-cycle/commitment.loader.js';
import { STANDING, type Addressee, type OfferedPromise } from './offer.rules.js';

const TEXT = `
  select kind, owner_office as "ownerOffice", subject_types as "subjectTypes", state,
    valid_to::text as "validTo"
  from commitment_template where matter = ? and template_version = ?`;

/** The text that is offered, whosever it is. */
export async function textToOffer(
  em: EntityManager,
  { matter, templateVersion }: OfferedPromise,
): Promise<CommitmentTemplate | undefined> {
  const [text] = await execute<CommitmentTemplate>(em, TEXT, [matter, templateVersion]);
  return text;
}

const ADDRESSEES = `
  select s.student_no as "studentNo",
    (select a.state from archive a where a.student_no = s.student_no
      order by a.opened_on desc, a.id limit 1) as "archiveState",
    exists (select from commitment c where c.student_no = s.student_no and c.owner_office = ?
      and c.matter = ? and coalesce(c.business_ref, '') = ?
      and c.state in (${listed(STANDING)})) as "isOffered"
  from student s where s.student_no = any(?::text[])`;

/** What stands in the way of an offer to some students, who are locked; of numbers without one, nothing. */
export async function addresseesAmong(
  em: EntityManager,
  { matter, businessRef = '' }: OfferedPromise,
  ownerOffice: string,
  studentNos: readonly string[],
): Promise<ReadonlyMap<string, Addressee>> {
  const parameters = [ownerOffice, matter, businessRef.trim(), studentNos];
  const rows = await execute<Addressee>(em, ADDRESSEES, parameters);
  return new Map(rows.map((row) => [row.studentNo, row]));
}

const WHOSE = `select distinct student_no as "studentNo" from commitment where id = any(?::uuid[])`;

/** Those of some promises that the caller sees, by number. */
export async function visibleCommitments(
  ctx: Context,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Commitment>> {
  const whose = await execute<{ studentNo: string }>(ctx.em, WHOSE, [ids]);
  const visible = await visibleAmong(
    ctx,
    whose.map(({ studentNo }) => studentNo),
    ['COMMITMENTS'],
  );
  const rows = await commitmentsOf(ctx).loadMany([...visible]);
  const named = new Set(ids);
  const found = rows.flatMap((row) => {
    if (row instanceof Error) throw row;
    return row.filter(({ id }) => named.has(id));
  });
  return new Map(found.map((row) => [row.id, row]));
}
