/** The case in which the committee reads and decides one appeal, and nothing else (note 23, INV-09). */
import { invalid } from '@chengxin/kit/change/errors';
import type { Act } from '@chengxin/kit/change/act';
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import { DAY_MS } from '@chengxin/kit/clock';
import type { Appeal } from '../appeal.entity.js';

/** One person alone is no committee; and a list is read in one statement. */
const LEAST_MEMBERS = 2;
const MOST_MEMBERS = 15;
/** As long as a case may be open; it ends with the conclusion. */
const DAYS_OPEN = 30;

/** `SA-0b7c…`: a case of the appeal, which names nobody. */
export const caseIdOf = ({ id }: Pick<Appeal, 'id'>): string => `SA-${id}`;

/**
 * Who has declared a relation is not looked at: that is read by nobody (F-02), and such a member sees
 * nothing in the case.
 */
const MEMBERS = `
  select count(distinct n)::integer as members from unnest(?::text[]) n
  where exists (select from admin_grant g where g.staff_no = n and g.role = 'APPEAL_COMMITTEE'
      and g.state = 'ACTIVE' and g.valid_from <= ? and (g.valid_to is null or g.valid_to > ?))
    and not exists (select from sanction s
      where s.id = ?::uuid and n in (s.recorded_by, coalesce(s.approved_by, '')))`;

/**
 * @throws VALIDATION for too few or too many, for somebody who holds no seat of the committee, and for
 *         whoever drafted or decided the sanction.
 */
export async function checkMembers(
  { sanctionId }: Appeal,
  memberNos: readonly string[],
  { follow }: Act,
): Promise<void> {
  if (memberNos.length < LEAST_MEMBERS || memberNos.length > MOST_MEMBERS)
    throw invalid(
      'memberNos',
      `请指定 ${LEAST_MEMBERS} 至 ${MOST_MEMBERS} 名委员。 ${LEAST_MEMBERS} to ${MOST_MEMBERS} members.`,
    );
  const [found] = await follow((em, now) =>
    execute<{ members: number }>(em, MEMBERS, [memberNos, now, now, sanctionId ?? null]),
  );
  if (found?.members !== memberNos.length)
    throw invalid(
      'memberNos',
      '须为在任委员，且未拟定或决定该处分。 Members in office, none of whom drafted or decided the sanction.',
    );
}

const CASE = `
  insert into evaluation_case (case_id, purpose, title, host_office, opens_at, closes_at, state,
    recorded_by, recorded_at, approved_by, approved_at)
  values (?, 'APPEAL', '处分申诉', 'SAO', ?, ?, 'OPEN', ?, ?, ?, ?)
  on conflict (case_id) do update set opens_at = excluded.opens_at, closes_at = excluded.closes_at,
    approved_by = excluded.approved_by, approved_at = excluded.approved_at,
    version = evaluation_case.version + 1`;
const LISTED = `insert into case_student (case_id, student_no) values (?, ?) on conflict do nothing`;
const REPLACED = `
  update case_assignment set revoked_at = ?
  where case_id = ? and revoked_at is null and not staff_no = any(?::text[])`;
const SEATED = `
  insert into case_assignment (case_id, staff_no, valid_from, valid_to)
  select ?, n, ?::timestamptz, ?::timestamptz from unnest(?::text[]) n
  on conflict (case_id, staff_no) do update set valid_from = excluded.valid_from,
    valid_to = excluded.valid_to, revoked_at = null`;

const closesAt = (now: Date): Date => new Date(now.getTime() + DAYS_OPEN * DAY_MS);

/** Open the case of an appeal to these members alone; whoever was seated before sees nothing any more. */
export async function seatCommittee(
  row: Appeal,
  memberNos: readonly string[],
  { by, follow }: Act,
): Promise<void> {
  const { studentNo, filedAt } = row;
  const caseId = caseIdOf(row);
  await follow(async (em, now) => {
    const until = closesAt(now);
    // The student has requested it by his appeal, and Student Affairs opens it.
    await execute(em, CASE, [caseId, now, until, studentNo, filedAt, by.subject, now]);
    await execute(em, LISTED, [caseId, studentNo]);
    await execute(em, REPLACED, [now, caseId, memberNos]);
    await execute(em, SEATED, [caseId, now, until, memberNos]);
  });
}

const PROLONG = [
  `update evaluation_case set opens_at = ?, closes_at = ?, version = version + 1 where case_id = ?`,
  `update case_assignment set valid_from = ?, valid_to = ? where case_id = ? and revoked_at is null`,
];

/** The committee takes longer: its case is open as long again from now on. */
export async function prolongCase(em: EntityManager, now: Date, caseId = ''): Promise<void> {
  for (const sql of PROLONG) await execute(em, sql, [now, closesAt(now), caseId]);
}

const END = `
  update evaluation_case set state = 'DECIDED', version = version + 1 where case_id = ?`;

/** Concluded: the members see nothing of it any more (INV-21). */
export const endCase = (em: EntityManager, caseId = ''): Promise<unknown> =>
  execute(em, END, [caseId]);
