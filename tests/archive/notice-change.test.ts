/** A notice from sending to what the student states, and who reads of it what (F-01, L-07). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { noticePlan } from '../change/notice.plan.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { deliverNotices } from '../support/jobs.js';
import { mutate, on } from '../support/mutate.js';
import { asOwner } from '../support/sql.js';

const STUDENT = '2024010317';
const REVIEW = { 'x-purpose': 'ADMIN_REVIEW' };
const ACTOR = { role: 'STU_SELF', person: STUDENT } as const;
const noun = 'Notice';

let college: TestCollege;
beforeAll(async () => {
  // A Sunday; the week after it has a holiday, and a Saturday that makes up for it.
  college = await startCollege({ at: '2026-04-12T10:00:00+08:00' });
  await college.bring('archive', 'calendar', [
    { 日期: '2026-04-15', 是否上班: '放假', 说明: '校庆' },
    { 日期: '2026-04-18', 是否上班: '上班', 说明: '补班' },
  ]);
});
afterAll(() => college.stop());

const seed = (state: string) => noticePlan.seed(college, STUDENT, state, ACTOR, '');
const rowOf = async (id: string) =>
  (
    await asOwner(
      college,
      'archive',
      `select delivered_at is not null as delivered, waits_until::text as "waitsUntil", version
       from notice where id = $1`,
      [id],
    )
  )[0];
const standingOf = (id: string) =>
  asOwner(
    college,
    'academics',
    `select s.kind, s.delivered_at is not null as delivered, s.waits_until::text as "waitsUntil",
       s.statement_at is not null as stated
     from notice_standing s where s.subject_id = $1`,
    [id],
  );
const subjectOf = async (id: string): Promise<string> => {
  const sql = `select subject_id from notice where id = $1`;
  const [row] = await asOwner<{ subject_id: string }>(college, 'archive', sql, [id]);
  return row?.subject_id ?? '';
};

test('what is sent while a run lasts waits for the next, and keeps nothing from being delivered (F-01)', async () => {
  const [before, meanwhile] = [await seed('SENT'), await seed('SENT')];
  const at = college.clock.now();
  await asOwner(college, 'archive', 'update notice set sent_at = $2 where id = $1', [
    meanwhile.id,
    new Date(at.getTime() + 1),
  ]);
  await deliverNotices(college);
  expect(await rowOf(before.id)).toMatchObject({ delivered: true });
  expect(await rowOf(meanwhile.id)).toMatchObject({ delivered: false, version: 1 });
  await asOwner(college, 'archive', 'delete from notice where id = any($1)', [
    [before.id, meanwhile.id],
  ]);
});

test('delivered, it waits five working days of the school’s calendar, and its office knows', async () => {
  const { id } = await seed('SENT');
  await deliverNotices(college);
  // 13, 14, 16, 17 and the Saturday: the first day on which the office goes on is the 19th.
  const waitsUntil = '2026-04-19';
  expect(await rowOf(id)).toEqual({ delivered: true, waitsUntil, version: 2 });
  const subject = await subjectOf(id);
  expect(await standingOf(subject)).toEqual([
    { kind: 'FINDING', delivered: true, waitsUntil, stated: false },
  ]);
  await deliverNotices(college);
  expect(await rowOf(id)).toEqual({ delivered: true, waitsUntil, version: 2 });
});

test('the student reads it in Chinese and English, states his view once, and it is known', async () => {
  const { id } = await seed('DELIVERED');
  const query = '{ myNotices { id state version titleZh titleEn textZh textEn availableActions } }';
  const { data } = await college.request(STUDENT, query);
  const notices = data?.['myNotices'] as Record<string, unknown>[];
  expect(notices.find((one) => one['id'] === id)).toEqual({
    id,
    state: 'DELIVERED',
    version: 1,
    titleZh: '拟认定事实告知书',
    titleEn: 'Notice of a finding that is proposed',
    textZh: expect.stringContaining('请于2026-04-09前提交陈述') as string,
    textEn: expect.stringContaining('before 2026-04-09') as string,
    availableActions: ['statement.file', 'notice.acknowledge'],
  });
  const file = (statement: string, version = 1) =>
    mutate(college, STUDENT, {
      name: 'fileStatement',
      noun,
      args: { id, expectedVersion: version, statement },
      fields: 'id version statement',
    });
  const empty = await file(' ');
  expect(empty.answer.data).toMatchObject({
    fileStatement: { errors: [{ code: 'VALIDATION', path: ['statement'] }] },
  });
  const { came, row } = await file('it was not me');
  expect(came).toBe('OK');
  expect(row['statement']).toBe('it was not me');
  expect((await file('once more', 2)).came).toBe('STATE_CONFLICT');
  await college.settle();
  expect(await standingOf(await subjectOf(id))).toMatchObject([{ stated: true }]);
  // Its office reads the statement; the college knows that there is one, and no word of it.
  const read = (person: string, headers = {}) =>
    college.request(
      person,
      `{ student(studentNo: "${STUDENT}") { notices { id statementAt statement textZh } } }`,
      { headers },
    );
  const ofOffice = await read('T0302');
  expect(ofOffice.data?.['student']).toMatchObject({
    notices: expect.arrayContaining([
      expect.objectContaining({ id, statement: 'it was not me' }),
    ]) as unknown,
  });
  const ofCollege = await read('T0110', REVIEW);
  expect(JSON.stringify(ofCollege.data)).not.toContain('it was not me');
  expect(ofCollege.errors?.map(({ extensions }) => extensions['code'])).toContain(
    'FORBIDDEN_FIELD',
  );
});

test('to acknowledge what is still on its way is to have it', async () => {
  const { id } = await seed('SENT');
  const { came, row } = await mutate(college, STUDENT, {
    name: 'acknowledgeNotice',
    noun,
    args: { id, expectedVersion: 1 },
  });
  expect([came, row.state, row.version]).toEqual(['OK', 'ACKNOWLEDGED', 2]);
  expect(await rowOf(id)).toEqual({ delivered: true, waitsUntil: '2026-04-19', version: 2 });
});

test('Student Affairs sends one of its own, which its student reads as it was written', async () => {
  const args = { studentNo: STUDENT, title: '选课', text: '请核对选课结果。' };
  const sent = await mutate(college, 'T0001', { name: 'publishNotice', noun, args }, REVIEW);
  expect(sent.came).toBe('OK');
  await deliverNotices(college);
  const { data } = await college.request(STUDENT, '{ myNotices { id state titleZh textEn } }');
  expect(data?.['myNotices']).toContainEqual({
    id: sent.row.id,
    state: 'DELIVERED',
    titleZh: '选课',
    textEn: '请核对选课结果。',
  });
  const late = { name: 'fileStatement', noun, args: { ...on(sent.row), statement: 's' } };
  expect((await mutate(college, STUDENT, late)).came).toBe('VERSION_CONFLICT');
  const given = { ...late, args: { ...late.args, expectedVersion: 2 } };
  // Nobody waits for an answer to it.
  expect((await mutate(college, STUDENT, given)).came).toBe('STATE_CONFLICT');
});
