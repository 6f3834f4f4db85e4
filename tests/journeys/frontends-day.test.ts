/**
 * A frontend's day: a client that reads the schema's words and `stateMachines`, and names no state by
 * heart, brings a student from the import to an active archive with one approved entry, one returned
 * entry, one refused deferral and one found record (issue 11, "What shows that it is done").
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import { publishNotice } from '../support/entry.js';
import { deliverNotices, runJob } from '../support/jobs.js';
import { EnumValue, mutate, on, type ChangedRow } from '../support/mutate.js';
import { studentRows } from '../support/student-rows.js';

const AFFAIRS = 'T0001';
const SECOND = 'T0002';
const COLLEGE_ADMIN = 'T0110';
const REVIEW = { 'x-purpose': 'ADMIN_REVIEW' };

interface Transition {
  readonly action: string;
  readonly mutation: string | null;
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly reasonRequired: boolean;
  readonly roles: readonly string[];
}

let college: TestCollege;
let student: string;
/** What leads from which state to which, by the mutation that takes it. */
const transitions = new Map<string, Transition>();

beforeAll(async () => {
  college = await startCollege({ at: '2026-09-01T09:00:00+08:00' });
  const place = { college: 'C01', classCode: '20260103', major: 'M0101' };
  const [row = {}] = studentRows(1, place);
  await college.bring('archive', 'students', [row]);
  student = row['学号'] ?? '';
  await publishNotice(college, 'N-2026.1', '2026-08-01');
  const { data } = await college.request(
    AFFAIRS,
    '{ stateMachines { transitions { action mutation from to reasonRequired roles } } }',
    { headers: REVIEW },
  );
  const machines = (data?.['stateMachines'] ?? []) as { transitions: Transition[] }[];
  for (const machine of machines)
    for (const one of machine.transitions) if (one.mutation) transitions.set(one.mutation, one);
});
afterAll(() => college.stop());

async function labelsOf(type: string): Promise<readonly { value: string; zh: string }[]> {
  const query = `{ labels(type: "${type}") { value zh } }`;
  const { data } = await college.request(AFFAIRS, query, { headers: REVIEW });
  return (data?.['labels'] ?? []) as { value: string; zh: string }[];
}
/** The value of an enum that the schema calls so. */
const valueOf = async (type: string, word: string): Promise<string> =>
  (await labelsOf(type)).find(({ zh }) => zh === word)?.value ?? '';
/** What the schema calls a state. */
const wordOf = async (type: string, state: string | undefined): Promise<string> =>
  (await labelsOf(type)).find(({ value }) => value === state)?.zh ?? '';

interface Taken {
  readonly person: string;
  readonly noun: string;
  /** The row that is acted on; nothing, where one is made. */
  readonly row?: ChangedRow;
  readonly args?: object;
  readonly fields?: string;
}

/** Administrators name their purpose, since they have several. */
const headersOf = (person: string) =>
  [AFFAIRS, SECOND, COLLEGE_ADMIN].includes(person) ? REVIEW : {};

/**
 * Takes a mutation that the machine offers from the row's state.
 *
 * @throws Error when it offers none, when it is refused, or when it ends where the machine does not say.
 */
async function take(
  name: string,
  { person, noun, row, args = {}, fields }: Taken,
): Promise<ChangedRow> {
  const step = transitions.get(name);
  if (!step) throw new Error(`stateMachines has no ${name}.`);
  const { from, to, reasonRequired } = step;
  if (row?.state && !from.includes(row.state)) throw new Error(`No ${name} from ${row.state}.`);
  const given = {
    ...(row && on(row)),
    ...(!reasonRequired && { reason: null }),
    ...args,
  };
  const request = { name, noun, args: given, ...(fields && { fields }) };
  const { came, row: next } = await mutate(college, person, request, headersOf(person));
  const ends = to.length ? to : from;
  if (came !== 'OK' || (next.state && !ends.includes(next.state)))
    throw new Error(`${name}: ${came}, in ${next?.state}`);
  return next;
}

async function archive(): Promise<ChangedRow> {
  const query = `{ student(studentNo: "${student}") { archive { studentNo state version } } }`;
  const { data } = await college.request(AFFAIRS, query, { headers: REVIEW });
  return { ...(data as { student: { archive: ChangedRow } }).student.archive, id: student };
}

async function publishText(kind: string, templateVersion: string): Promise<void> {
  const noun = 'CommitmentTemplate';
  const fields = 'id revision state';
  const args = {
    kind: new EnumValue(kind),
    matter: new EnumValue('ENTRY'),
    templateVersion,
    subjectTypes: ['STUDENT'],
    clauses: ['诚实守信，接受监督'],
    consequences: ['谈话提醒'],
    validFrom: '2026-08-01',
  };
  const draft = await take('draftTemplate', { person: AFFAIRS, noun, args, fields });
  const seen = { ...draft, version: 1 };
  await take('publishTemplate', { person: SECOND, noun, row: seen, fields });
}

test('the archive: signed, checked, and in the state that the schema calls in use', async () => {
  await publishText('AGREEMENT', 'A-1');
  await publishText('COMMITMENT', 'C-1');
  await mutate(
    college,
    AFFAIRS,
    {
      name: 'launchSigning',
      noun: 'SigningLaunch',
      args: { cohort: 2026 },
      fields: 'id version launched',
    },
    REVIEW,
  );
  await deliverNotices(college);
  await runJob(college, 'archive', 'openAccounts');
  const account = { id: student, version: 1 };
  await take('activateAccount', {
    person: student,
    noun: 'Account',
    args: on(account),
    fields: 'subject state',
  });
  const consent = { guardianName: '王家长', guardianRelation: '父亲', guardianForm: 'PAPER' };
  await take('recordGuardianConsent', {
    person: COLLEGE_ADMIN,
    noun: 'Archive',
    row: await archive(),
    args: consent,
  });
  await take('signAgreement', { person: student, noun: 'Archive', row: await archive() });
  const own = '{ me { student { commitments { id version state } } } }';
  const { data } = await college.request(student, own);
  const [letter] = (data as { me: { student: { commitments: ChangedRow[] } } }).me.student
    .commitments;
  await take('signCommitment', { person: student, noun: 'Commitment', row: letter! });
  const confirmed = await take('confirmProfile', {
    person: student,
    noun: 'Archive',
    row: await archive(),
  });
  expect(await wordOf('ArchiveState', confirmed.state)).toBe('正常');
});

async function entry(title: string, decision: string): Promise<ChangedRow> {
  const noun = 'SelfEntry';
  const args = {
    kind: new EnumValue('TRAINING'),
    title,
    organisation: '红十字会',
    startOn: '2026-08-01',
  };
  const draft = await take('saveEntryDraft', { person: student, noun, args });
  const submitted = await take('submitEntry', { person: student, noun, row: draft });
  const claimed = await take('claimEntry', { person: COLLEGE_ADMIN, noun, row: submitted });
  return take('reviewEntry', {
    person: COLLEGE_ADMIN,
    noun,
    row: claimed,
    args: { decision: new EnumValue(await valueOf('ReviewDecision', decision)) },
  });
}

test('two entries: one is approved, one is sent back', async () => {
  const approved = await entry('急救培训', '通过');
  expect(await wordOf('SelfEntryState', approved.state)).toBe('已通过');
  const returned = await entry('志愿培训', '退回补充');
  expect(await wordOf('SelfEntryState', returned.state)).toBe('退回补充');
});

test('a deferral: requested, and refused', async () => {
  await college.bring('finance', 'bills', [
    {
      账单编号: 'B-1',
      学号: student,
      学年: '2026-2027',
      收费项目: '学费',
      应缴金额: '9800.00',
      缴费截止日期: '2026-10-31',
    },
  ]);
  const noun = 'Deferral';
  const args = { billNo: 'B-1', until: '2027-02-28', reason: '家中变故' };
  const requested = await take('requestDeferral', { person: student, noun, args });
  const refused = await take('refuseDeferral', { person: 'T0402', noun, row: requested });
  expect(await wordOf('DeferralState', refused.state)).toBe('未批准');
});

test('a record: proposed, notified, stated to, and found', async () => {
  const noun = 'ConductRecord';
  const proposed = await take('proposeConductRecord', {
    person: COLLEGE_ADMIN,
    noun,
    args: {
      studentNo: student,
      recordNo: 'D-1',
      indicatorCode: 'D3-06',
      severity: new EnumValue('S1'),
      occurredOn: '2026-08-31',
      evidenceDocNos: ['E-1'],
    },
  });
  await deliverNotices(college);
  const { data } = await college.request(
    student,
    '{ me { student { pendingConduct { id version state } } } myNotices { id version state subjectRef } }',
  );
  const { pendingConduct } = (data as { me: { student: { pendingConduct: ChangedRow[] } } }).me
    .student;
  const [notified] = pendingConduct;
  const notices = data?.['myNotices'] as ChangedRow[];
  const about = notices.find(({ subjectRef }) => String(subjectRef).endsWith(proposed.id));
  await take('fileStatement', {
    person: student,
    noun: 'Notice',
    row: about!,
    args: { statement: '已改正' },
  });
  const found = await take('findConductRecord', {
    person: AFFAIRS,
    noun,
    row: notified!,
    args: { findingDocNo: 'SAO-1' },
  });
  expect(await wordOf('ConductState', found.state)).toBe('已认定');
});
