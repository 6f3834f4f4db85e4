/**
 * Notices between an office and the archive (F-01): the office publishes of which row a person is to
 * be notified; the archive sends it and publishes that it was delivered, and only then does the row
 * go on. The facts themselves stay in the office.
 */
import type { Keyring } from '../call/keyring.js';
import type { Act } from '../change/act.js';
import type { After, Step } from '../change/door.js';
import { changeByJob } from '../change/change-by-job.js';
import { numberOf, type ChangeableRow, type Noun } from '../change/noun.js';
import { jobWriter, type Writer } from '../change/writer.js';
import { execute, type EntityManager } from '../database/orm.js';
import type { Group } from '../privacy/groups.js';
import { present } from './gone.js';
import type { FeedHandler } from './handler.js';

/** Topic of the archive by which an office learns of the notices that it asked for. */
export const noticeTopicOf = (office: string): string => `notice:${office}`;

const REQUEST = `
  with requested as (
    insert into notice_standing (subject_type, subject_id, kind, student_no, groups, consent_id)
    values (?, ?, ?, ?, ?::text[], ?) on conflict do nothing returning key, version
  )
  insert into outbox (topic, key, version, at) select 'notice', key, version, ? from requested`;

/**
 * Have the archive notify the student of a row, once of each kind.
 *
 * @param groups  Privacy groups that the row takes: who may not read all of them does not read the
 *                notice.
 * @param under   Consent under which alone the row is held: the notice goes with it (INV-10).
 */
export const requestNotice =
  <Row extends ChangeableRow>(
    noun: Noun<Row>,
    kind: string,
    groups: (row: Row) => readonly Group[],
    under: (row: Row) => string | null = () => null,
  ): After<Row> =>
  (row: Row, act: Act) =>
    act.follow((em, now) => {
      const subject = [noun.name, numberOf(noun, row), kind, row.studentNo];
      return execute(em, REQUEST, [...subject, groups(row), under(row), now]);
    });

const REGROUP = `
  with changed as (
    update notice_standing set groups = ?::text[], version = version + 1
    where subject_type = ? and subject_id = ? and student_no is not null
    returning key, version
  )
  insert into outbox (topic, key, version, at) select 'notice', key, version, ? from changed`;

/** The row takes other groups from now on: who may not read all of them reads its notice no more. */
export const regroupNotice =
  <Row extends ChangeableRow>(
    noun: Noun<Row>,
    groups: (row: Row) => readonly Group[],
  ): After<Row> =>
  (row, act) =>
    act.follow((em, now) =>
      execute(em, REGROUP, [groups(row), noun.name, numberOf(noun, row), now]),
    );

const WITHDRAW = (which: string): string => `
  with gone as (
    delete from notice_standing where subject_type = ? and subject_id = ? and (${which})
    returning key, version
  )
  insert into outbox (topic, key, version, at) select 'notice', key, version + 1, ? from gone`;

const withdraw =
  (which: string) =>
  <Row extends ChangeableRow>(noun: Noun<Row>): After<Row> =>
  (row, act) =>
    act.follow((em, now) => execute(em, WITHDRAW(which), [noun.name, numberOf(noun, row), now]));

/** What was not delivered yet is not delivered any more: there is nothing to notify of. */
export const withdrawNotice = withdraw('delivered_at is null');

/** No notice of a row remains: nobody may know of it (3.7(15)). */
export const removeNotices = withdraw('true');

const REMOVE_OF_GONE = (table: string): string => `
  with gone as (
    delete from notice_standing s where s.subject_type = ?
      and not exists (select from ${table} t where t.id::text = s.subject_id)
    returning key, version
  )
  insert into outbox (topic, key, version, at) select 'notice', key, version + 1, ? from gone`;
const FAILED_OF_GONE = (table: string): string => `
  delete from failed_event e where e.topic like 'notice:%' and e.key like ? || ':%'
    and not exists (select from ${table} t where t.id::text = split_part(e.key, ':', 2))`;

/**
 * No notice of rows that are gone remains, here or at the archive, nor what was published of one and
 * could not be applied here.
 *
 * @param type   Type of the rows: `ProviderMaliceFinding`.
 * @param table  SQL: where they would stand.
 */
export async function removeNoticesOfGone(
  em: EntityManager,
  now: Date,
  { type, table }: { readonly type: string; readonly table: string },
): Promise<void> {
  await execute(em, REMOVE_OF_GONE(table), [type, now]);
  await execute(em, FAILED_OF_GONE(table), [type]);
}

const REQUEST_MANY = `
  with requested as (
    insert into notice_standing (subject_type, subject_id, kind, student_no, groups)
    select ?, r.id, ?, r."studentNo", ?::text[]
    from jsonb_to_recordset(?::jsonb) as r(id text, "studentNo" text)
    on conflict do nothing returning key, version
  )
  insert into outbox (topic, key, version, at) select 'notice', key, version, ? from requested`;

/** What many notices have in common. */
export interface NoticesOf {
  /** Type of their rows. */
  readonly type: string;
  readonly kind: string;
  readonly groups: readonly Group[];
}

/** Have the archive notify the students of many rows, once of each row and kind, in one statement. */
export const requestNotices = (
  em: EntityManager,
  now: Date,
  { type, kind, groups }: NoticesOf,
  rows: readonly { readonly id: string; readonly studentNo: string }[],
): Promise<unknown> => execute(em, REQUEST_MANY, [type, kind, groups, JSON.stringify(rows), now]);

/** What the archive publishes of a notice: that it was delivered, and answered; never its text. */
export interface NoticeStanding {
  readonly type: string;
  readonly id: string;
  readonly kind: string;
  readonly deliveredAt: string;
  readonly waitsUntil: string | null;
  readonly statementAt: string | null;
}

const KEEP = `
  insert into notice_standing as t (subject_type, subject_id, kind, delivered_at, waits_until,
    statement_at, answered)
  select p.type, p.id, p.kind, p."deliveredAt", p."waitsUntil", p."statementAt", e.version
  from jsonb_to_recordset(?::jsonb) as e (version integer, payload jsonb)
  cross join lateral jsonb_to_record(e.payload) as p (type text, id text, kind text,
    "deliveredAt" timestamptz, "waitsUntil" date, "statementAt" timestamptz)
  on conflict (key) do update set delivered_at = excluded.delivered_at,
    waits_until = excluded.waits_until, statement_at = excluded.statement_at,
    answered = excluded.answered
  where t.answered < excluded.answered`;

/** Keep how notices stand: the newest of each. */
export async function keepStanding(
  em: EntityManager,
  standing: readonly { readonly version: number; readonly payload: object }[],
): Promise<void> {
  for (const { version, payload } of standing.toSorted((a, b) => a.version - b.version))
    await execute(em, KEEP, [JSON.stringify([{ version, payload }])]);
}

/** Rows that go on once their student was notified. */
export interface Notified {
  /** `ExamViolation` */
  readonly type: string;
  onDelivered(writer: Writer, of: NoticeStanding): Promise<unknown>;
}

/**
 * Rows of a noun that go on once the first notice of them was delivered.
 *
 * @param action  Action of the table that a job takes: `examViolation.notify`.
 */
export const notified = <Row extends ChangeableRow>(
  noun: Noun<Row>,
  action: string,
  step: (of: NoticeStanding) => Step<Row>,
): Notified => ({
  type: noun.name,
  onDelivered: (writer, of) => changeByJob(writer, action, noun, of.id, step(of)),
});

/** `notice:<office>`: what was delivered of the notices that this office asked for. */
export function noticesDelivered(keyring: Keyring, rows: readonly Notified[]): FeedHandler {
  const byType = new Map(rows.map((one) => [one.type, one]));
  return async (em, events, at) => {
    const standing = present(events);
    await keepStanding(em, standing);
    const writer = jobWriter('sendNotices', { em, keyring, at });
    for (const { payload } of standing) {
      const of = payload as unknown as NoticeStanding;
      await byType.get(of.type)?.onDelivered(writer, of);
    }
  };
}
