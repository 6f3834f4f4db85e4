/** The rights of a person about his own data: filed, answered in time, or refused with a reason (L-11, 3.6). */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { archiveInState } from '../change/archive.plan.js';
import { seedRequest } from '../change/subject-request.plan.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { deliverNotices } from '../support/jobs.js';
import {
  EnumValue,
  mutate as request,
  on,
  refusalsOf,
  type ChangedRow,
  type Outcome,
} from '../support/mutate.js';
import { put, RECORDED } from '../support/put.js';
import { asOwner } from '../support/sql.js';
import { countStatements } from '../support/statements.js';

const STUDENT = '2024010317';
const OTHER = '2024020111';
const FIRST = 'T0001';
const SECOND = 'T0002';
const REVIEW = { 'x-purpose': 'ADMIN_REVIEW' };
const START = '2026-04-13T10:00:00+08:00';
const noun = 'SubjectRequest';
/** Who decided is shown to the school alone. */
const own =
  'id version state type content dueOn outcome refusalReason decidedOn complaint isOverdue';
const fields = `${own} decidedBy`;

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege({ at: START });
  await archiveInState(college, STUDENT, 'ACTIVE');
  await archiveInState(college, OTHER, 'ACTIVE');
});
afterAll(() => college.stop());
const run = (sql: string, ...values: unknown[]) => asOwner(college, 'archive', sql, values);
afterEach(async () => {
  college.clock.set(START);
  await run('delete from notice');
  await run('delete from subject_request');
  await run('delete from relation_declaration');
});

const file = (type = 'COPY', content = '请提供一份全部信息的副本', person = STUDENT) =>
  request(college, person, {
    name: 'fileSubjectRequest',
    noun,
    fields: own,
    args: { studentNo: person, type: new EnumValue(type), content },
  });
const decide = (row: ChangedRow, more: object, person = FIRST) =>
  request(
    college,
    person,
    { name: 'decideSubjectRequest', noun, fields, args: { ...on(row), ...more } },
    REVIEW,
  );
const GRANT = { granted: true, outcome: '已提供副本' };
const REFUSE = { granted: false, reason: '法律要求保存' };

const everything = () =>
  run(`select (select jsonb_agg(r order by r.id) from subject_request r) as requests,
    (select count(*)::int from operation_log) as log, (select count(*)::int from notice) as notices,
    (select count(*)::int from change_key) as keys`);
/** A refusal, after which everything is as it was. */
async function refused(work: () => Promise<Outcome>): Promise<Outcome> {
  const before = await everything();
  const outcome = await work();
  expect(await everything()).toEqual(before);
  return outcome;
}
async function ask(person: string, query: string, headers = {}): Promise<unknown> {
  const { data, errors } = await college.request(person, query, { headers });
  return errors?.[0]?.extensions['code'] ?? data;
}

describe('Filed by the person himself', () => {
  test('it is due fifteen working days later, by the calendar of the school', async () => {
    await put(college, 'archive', 'calendar_day', {
      day: '2026-05-01',
      is_working: false,
      name: '劳动节',
      ...RECORDED,
    });
    const { came, row } = await file();
    await run(`delete from calendar_day where day = '2026-05-01'`);
    expect([came, row]).toEqual([
      'OK',
      {
        id: expect.any(String),
        version: 1,
        state: 'FILED',
        type: 'COPY',
        content: '请提供一份全部信息的副本',
        // Fifteen working days after Monday 13 April, one of which is a holiday.
        dueOn: '2026-05-05',
        outcome: null,
        refusalReason: null,
        decidedOn: null,
        complaint: null,
        isOverdue: false,
      },
    ]);
  });

  test('one of each type waits at a time; a blank text says nothing', async () => {
    await file('COPY');
    expect((await refused(() => file('COPY'))).came).toBe('STATE_CONFLICT');
    expect((await file('EXPLAIN')).came).toBe('OK');
    const blank = await refused(() => file('DELETE', ' '));
    expect(refusalsOf(blank, 'fileSubjectRequest')).toEqual(['VALIDATION content']);
    const long = await refused(() => file('DELETE', '长'.repeat(4001)));
    expect(refusalsOf(long, 'fileSubjectRequest')).toEqual(['VALIDATION content']);
  });

  test('the alumnus keeps his rights in a closed archive (F-08)', async () => {
    await archiveInState(college, STUDENT, 'CLOSED');
    const filed = await file('ACCESS');
    expect(filed.came).toBe('OK');
    expect((await decide(filed.row, GRANT)).came).toBe('OK');
    await archiveInState(college, STUDENT, 'ACTIVE');
  });

  test('he reads his own, and nobody reads those of another', async () => {
    await file('COPY');
    await file('EXPLAIN', '等级是怎样得出的', OTHER);
    const mine = '{ mySubjectRequests { type content } }';
    expect(await ask(STUDENT, mine)).toEqual({
      mySubjectRequests: [{ type: 'COPY', content: '请提供一份全部信息的副本' }],
    });
    expect(await ask('T0110', mine, { 'x-role': 'STAFF_SELF' })).toEqual({ mySubjectRequests: [] });
    expect(await ask('T0110', mine, REVIEW)).toBe('FORBIDDEN_FIELD');
    expect(
      await ask(STUDENT, `{ student(studentNo: "${OTHER}") { subjectRequests { type } } }`),
    ).toBe('NOT_FOUND');
    const forAnother = await refused(() =>
      request(college, STUDENT, {
        name: 'fileSubjectRequest',
        noun,
        args: { studentNo: OTHER, type: new EnumValue('ACCESS'), content: '他人' },
      }),
    );
    expect(forAnother.came).toBe('NOT_FOUND');
  });
});

describe('Answered by Student Affairs', () => {
  test('granted with what was done; the person is notified and reads it', async () => {
    const { row } = await file();
    const decided = await decide(row, GRANT);
    expect([decided.came, decided.row]).toEqual([
      'OK',
      expect.objectContaining({
        version: 2,
        state: 'GRANTED',
        outcome: '已提供副本',
        refusalReason: null,
        decidedBy: FIRST,
        decidedOn: '2026-04-13',
        complaint: null,
      }),
    ]);
    await deliverNotices(college);
    expect(await ask(STUDENT, '{ myNotices { kind titleZh deliveredAt } }')).toEqual({
      myNotices: [
        {
          kind: 'REQUEST_GRANTED',
          titleZh: '个人信息权利请求办理通知',
          deliveredAt: expect.any(String),
        },
      ],
    });
  });

  test('refused with a reason, which the person reads with the way to complain', async () => {
    const { row } = await file('DELETE');
    const decided = await decide(row, REFUSE);
    expect([decided.came, decided.row.state]).toEqual(['OK', 'REFUSED']);
    expect(
      await ask(STUDENT, '{ mySubjectRequests { state outcome refusalReason complaint } }'),
    ).toEqual({
      mySubjectRequests: [
        {
          state: 'REFUSED',
          outcome: null,
          refusalReason: '法律要求保存',
          complaint: expect.stringMatching(/人民法院.*court/),
        },
      ],
    });
    await deliverNotices(college);
    expect(await ask(STUDENT, '{ myNotices { kind } }')).toEqual({
      myNotices: [{ kind: 'REQUEST_REFUSED' }],
    });
  });

  test.each([
    ['granted without what was done', { granted: true }, 'VALIDATION outcome'],
    ['granted with a blank', { granted: true, outcome: ' ' }, 'VALIDATION outcome'],
    ['refused with something done', { ...REFUSE, outcome: '已删除' }, 'VALIDATION outcome'],
    ['refused without a reason', { granted: false, reason: ' ' }, 'VALIDATION reason'],
    ['granted without a reason', { ...GRANT, reason: '' }, 'VALIDATION reason'],
  ])('%s: nothing is decided', async (_, args, refusal) => {
    const { row } = await file();
    const came = await refused(() => decide(row, args));
    expect(refusalsOf(came, 'decideSubjectRequest')).toEqual([refusal]);
  });

  test('it is decided once; who comes second sees what was decided', async () => {
    const { row } = await file();
    const both = await Promise.all([decide(row, GRANT), decide(row, REFUSE, SECOND)]);
    expect(both.map(({ came }) => came).toSorted()).toEqual(['OK', 'VERSION_CONFLICT']);
    const [done] = both.filter(({ came }) => came === 'OK');
    const [late] = both.filter(({ came }) => came !== 'OK');
    expect(late?.row.state).toBe(done?.row.state);
    const again = { ...row, version: 2 };
    expect((await refused(() => decide(again, GRANT, SECOND))).came).toBe('STATE_CONFLICT');
  });

  test('who declared a relation to the student keeps out of it (F-02)', async () => {
    const { row } = await file();
    await run(
      `insert into relation_declaration (staff_no, student_no, kind, declared_on)
       values ($1, $2, 'RELATIVE', '2026-04-01')`,
      FIRST,
      STUDENT,
    );
    expect((await refused(() => decide(row, GRANT))).came).toBe('SOD_VIOLATION');
    // Nothing of his waits for him, and he is offered no step.
    const offered = `{ student(studentNo: "${STUDENT}") { subjectRequests { availableActions } } }`;
    const waits = (person: string) => ask(person, `{ myTasks { kind } }`, REVIEW);
    expect([await waits(FIRST), await ask(FIRST, offered, REVIEW)]).toEqual([
      { myTasks: [] },
      { student: { subjectRequests: [{ availableActions: [] }] } },
    ]);
    expect([await waits(SECOND), await ask(SECOND, offered, REVIEW)]).toEqual([
      { myTasks: [{ kind: 'DECIDE_SUBJECT_REQUESTS' }] },
      { student: { subjectRequests: [{ availableActions: ['subjectRequest.decide'] }] } },
    ]);
    expect((await decide(row, GRANT, SECOND)).came).toBe('OK');
  });
});

describe('The school sees what waits', () => {
  const QUEUE = `{ subjectRequestQueue(first: 10) {
    nodes { student { studentNo } type dueOn isOverdue } pageInfo { hasNextPage } } }`;

  test('what is due first stands first, and what is overdue is said', async () => {
    await file('COPY');
    college.clock.set('2026-04-14T10:00:00+08:00');
    await file('COPY', '副本', OTHER);
    college.clock.set('2026-05-06T10:00:00+08:00');
    const waits = { type: 'COPY' };
    expect(await ask(FIRST, QUEUE, REVIEW)).toEqual({
      subjectRequestQueue: {
        nodes: [
          { ...waits, student: { studentNo: STUDENT }, dueOn: '2026-05-04', isOverdue: true },
          { ...waits, student: { studentNo: OTHER }, dueOn: '2026-05-05', isOverdue: true },
        ],
        pageInfo: { hasNextPage: false },
      },
    });
    expect(await ask(FIRST, '{ myTasks { kind count dueOn } }', REVIEW)).toEqual({
      myTasks: [
        { kind: 'DECIDE_SUBJECT_REQUESTS', count: 2, dueOn: '2026-05-04' },
        { kind: 'OVERDUE_SUBJECT_REQUESTS', count: 2, dueOn: '2026-05-04' },
      ],
    });
    college.clock.set('2026-05-05T10:00:00+08:00');
    expect(await ask(FIRST, '{ myTasks { kind count dueOn } }', REVIEW)).toEqual({
      myTasks: [
        { kind: 'DECIDE_SUBJECT_REQUESTS', count: 2, dueOn: '2026-05-04' },
        { kind: 'OVERDUE_SUBJECT_REQUESTS', count: 1, dueOn: '2026-05-04' },
      ],
    });
  });

  test('a queue of many takes as many statements as one of one', async () => {
    await seedRequest(college, STUDENT, 'FILED');
    await ask(FIRST, QUEUE, REVIEW);
    const one = await countStatements(() => ask(FIRST, QUEUE, REVIEW));
    await seedRequest(college, OTHER, 'FILED');
    for (const type of ['COPY', 'DELETE', 'EXPLAIN']) await file(type, '内容', OTHER);
    const many = await countStatements(() => ask(FIRST, QUEUE, REVIEW));
    expect(many.byOffice).toEqual(one.byOffice);
  });

  test.each([
    ['a counsellor', 'T0101', REVIEW],
    ['a college', 'T0110', REVIEW],
    ['the operator', 'T0903', {}],
  ])('%s reads no queue', async (_, person, headers) => {
    expect(await ask(person, QUEUE, headers)).toBe('FORBIDDEN_FIELD');
  });
});
