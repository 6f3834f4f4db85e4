/**
 * Who can see a group of a student, now and at a past instant. It is one truth with reading: whoever is counted reads it, and whoever is not does not
 * (G20.2, INV-09, INV-21). Both come over HTTP: the numbers from the graph, the decisions from the archive
 * for every request that somebody could make.
 */
import { randomUUID } from 'node:crypto';
import { chooseIdentity } from '@chengxin/gateway/identity/choose.rules';
import { employerIdentity } from '@chengxin/gateway/identity/employer.rules';
import type { ActorGrants, ActorQuestion } from '@chengxin/kit/call/actor';
import { signCall } from '@chengxin/kit/call/call';
import type { Identity } from '@chengxin/kit/call/identity';
import { isFault } from '@chengxin/kit/errors';
import { readKeyring, type Keyring } from '@chengxin/kit/call/keyring';
import { openDecisions } from '@chengxin/kit/privacy/decision';
import { GROUPS, isAboutStudent } from '@chengxin/kit/privacy/groups';
import { isOpen } from '@chengxin/kit/privacy/matrix';
import { CASE_PURPOSES, purposesOf } from '@chengxin/kit/privacy/purposes';
import type { Role } from '@chengxin/kit/privacy/roles';
import { TABLES_HASH } from '@chengxin/kit/privacy/tables';
import { ruledTextsOf } from '@chengxin/kit/privacy/ruled-texts';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  bringReferences,
  CALLERS,
  REPORT_CONSENT,
  requestAs,
  STUDENT,
} from '../support/callers.js';
import { startCollege, type Answer, type TestCollege } from '../support/college.js';
import { EnumValue, mutate, refusalsOf } from '../support/mutate.js';
import { put, RECORDED } from '../support/put.js';
import { asOwner } from '../support/sql.js';
import { countStatements } from '../support/statements.js';
import { entities, callOffice, postOffice } from '../support/straight.js';
import { train } from '../support/train.js';
import { StudentRows } from './procedure-rows.js';

const RUNS = 5;
const ABOUT = GROUPS.filter(isAboutStudent);
/** An audit that is always open: by it the numbers are read. */
const STANDING = 'AU-STANDING';
const SECOND_AUDITOR = 'T0120';
const EARLIER = '2026-04-12T01:00:00Z';

let college: TestCollege;
let gateway: Keyring;
let archive: Keyring;
const rows = new StudentRows(() => college, STUDENT);
const sql = <T = Record<string, string>>(text: string, parameters: readonly unknown[] = []) =>
  asOwner<T & Record<string, string>>(college, 'archive', text, parameters);

/** What a world may differ in: how it is made so, and how it is not. */
type Turn = readonly [on: () => Promise<unknown>, off: () => Promise<unknown>];
const set = (table: string, where: string, on: string, off: string): Turn => [
  () => sql(`update ${table} set ${on} where ${where}`),
  () => sql(`update ${table} set ${off} where ${where}`),
];
const grantOf = (staffNo: string, role: string) => `staff_no = '${staffNo}' and role = '${role}'`;
const SWITCHES: Readonly<Record<string, Turn>> = {
  counsellorSuspended: set(
    'admin_grant',
    grantOf('T0101', 'COUNSELLOR'),
    `state = 'SUSPENDED'`,
    `state = 'ACTIVE'`,
  ),
  otherCounsellor: set(
    'admin_grant',
    grantOf('T0102', 'COUNSELLOR') + ` and org_code = 'C01'`,
    `valid_from = '2026-01-01'`,
    `valid_from = '2027-01-01'`,
  ),
  adminEnded: set(
    'admin_grant',
    grantOf('T0110', 'COLLEGE_ADMIN'),
    `valid_to = '${EARLIER}'`,
    `valid_to = null`,
  ),
  moved: set(
    'student',
    `student_no = '${STUDENT}'`,
    `(college, class_code) = (select parent_code, org_code from org
      where kind = 'CLASS' and parent_code = 'C02' order by 2 limit 1)`,
    `(college, class_code) = ('C01', '20240103')`,
  ),
  caseOver: set('evaluation_case', `case_id = 'EC-AWARD'`, `state = 'DECIDED'`, `state = 'OPEN'`),
  seatEnded: set(
    'case_assignment',
    `case_id = 'EC-PARTY'`,
    `revoked_at = '${EARLIER}'`,
    `revoked_at = null`,
  ),
  conflict: set(
    'case_assignment',
    `case_id = 'EC-AID'`,
    'conflict_of_interest = true',
    'conflict_of_interest = false',
  ),
  related: [
    () =>
      sql(
        `insert into relation_declaration (staff_no, student_no, kind, declared_on)
         values ('T0704', $1, 'RELATIVE', '2026-04-01') on conflict do nothing`,
        [STUDENT],
      ),
    () => sql('delete from relation_declaration'),
  ],
  auditOver: set(
    'audit',
    `audit_no = 'AU-2'`,
    `closes_at = '${EARLIER}'`,
    `closes_at = '2026-05-01'`,
  ),
  round: set('aid_round', `round_id = 'R-HERE'`, `state = 'OPEN'`, `state = 'CLOSED'`),
  roundElsewhere: set('aid_round', `round_id = 'R-THERE'`, `state = 'OPEN'`, `state = 'CLOSED'`),
  appeal: set('appeal', 'true', `state = 'INVESTIGATING'`, `state = 'CLOSED'`),
  repair: set('repair_application', 'true', `state = 'COLLEGE_REVIEW'`, `state = 'WITHDRAWN'`),
  employment: set(
    'conduct_record',
    `indicator_code = 'D6-01'`,
    `state = 'PROPOSED'`,
    `state = 'DISMISSED'`,
  ),
  research: set(
    'conduct_record',
    `source_typename = 'MisconductCase'`,
    `state = 'ACTIVE'`,
    `state = 'REVOKED'`,
  ),
  submission: set('submission', 'true', `state = 'APPROVED'`, `state = 'WITHDRAWN'`),
  loan: set(
    'consent',
    `consent_id = 'CS-LOAN'`,
    'withdrawn_at = null',
    `withdrawn_at = '${EARLIER}'`,
  ),
  tokenUsedUp: set('report_token', 'true', 'used_views = max_views', 'used_views = 0'),
  withdrawn: set(
    'consent',
    `consent_id = '${REPORT_CONSENT}'`,
    `withdrawn_at = '${EARLIER}'`,
    'withdrawn_at = null',
  ),
  locked: set('account', `subject = 'T0401'`, `state = 'LOCKED'`, `state = 'ACTIVATED'`),
};

const grant = (staffNo: string, role: string, orgCode: string) =>
  put(college, 'archive', 'admin_grant', {
    ...RECORDED,
    staff_no: staffNo,
    role,
    org_code: orgCode,
    valid_from: '2026-01-01T00:00:00Z',
    state: 'ACTIVE',
  });
const audit = (auditNo: string, staffNo: string) =>
  put(college, 'archive', 'audit', {
    ...RECORDED,
    audit_no: auditNo,
    staff_no: staffNo,
    title: 'an audit',
    opens_at: '2026-04-01T00:00:00Z',
    closes_at: '2026-05-01T00:00:00Z',
  });
const round = (roundId: string, orgs: readonly string[]) =>
  put(college, 'archive', 'aid_round', {
    ...RECORDED,
    round_id: roundId,
    academic_year: '2025-2026',
    org_codes: JSON.stringify(orgs) as never,
    opens_at: '2026-04-01T00:00:00Z',
    closes_at: '2026-05-01T00:00:00Z',
    state: 'OPEN',
  });

beforeAll(async () => {
  college = await startCollege();
  gateway = await readKeyring(college.keys, 'gateway');
  archive = await readKeyring(college.keys, 'archive');
  await bringReferences(college);
  await grant('T0102', 'COUNSELLOR', 'C01');
  await grant(SECOND_AUDITOR, 'AUDITOR', 'SCHOOL');
  await audit(STANDING, 'T0901');
  await audit('AU-2', SECOND_AUDITOR);
  await round('R-HERE', ['C01']);
  await round('R-THERE', ['C02']);
  await rows.record('WORK', 'D6-01', 'BAD_CONDUCT', 'AEO', 'ACTIVE');
  await rows.record('PAPER', 'D1-06', 'ACADEMIC_MISCONDUCT', 'AAO', 'ACTIVE', {
    source_typename: 'MisconductCase',
  });
  await rows.record('LISTED', 'D3-03', 'LAW_VIOLATIONS', 'SEC', 'ACTIVE');
  // In the worlds in which its record was revoked it rests on nothing (T-06).
  await rows.sanction('D', 'AAO', 'EFFECTIVE', '2025-01-15');
  await sql('update conduct_record set sanction_id = $1 where id = $2', [
    rows.id('D'),
    rows.id('PAPER'),
  ]);
  await rows.appeal('A', 1, 'SAO', ['IDENTITY'], { handler_no: 'T0001' });
  await rows.repair('R', 1, 'LISTED', 'COLLEGE_REVIEW', { handler_no: 'T0110' });
  await rows.submission('S', 1, 'LISTED', 'APPROVED');
  await sql(
    `insert into consent (consent_id, student_no, purpose, recipient_name, recipient_uscc,
       notice_version, granted_at, expires_at, form, recorded_by, recorded_at, approved_by, approved_at)
     select 'CS-LOAN', $1, 'POSTGRAD_LOAN', o.name, '91990000MA0000001L', 'N-2026.1', '2026-04-01',
       '2026-05-01', 'SEPARATE', 'T0001', '2026-04-01', 'T0002', '2026-04-01'
     from org o where o.kind = 'SCHOOL'`,
    [STUDENT],
  );
  await sql(
    `insert into account (subject, staff_no, state) values ('T0401', 'T0401', 'ACTIVATED')
     on conflict do nothing`,
  );
});
afterAll(() => college.stop());

/** What somebody may be, as the gateway gets it. */
async function actorOf(question: ActorQuestion): Promise<ActorGrants> {
  const body = JSON.stringify(question);
  const signed = { to: 'archive', path: '/actor', body };
  const call = await signCall(gateway, college.clock, signed);
  return (await postOffice(college, 'archive', '/actor', body, call)).body as ActorGrants;
}

/** Groups that the archive opens of the student to an identity, by its decision. */
async function openTo(identity: Identity): Promise<readonly string[]> {
  const who = { ...identity, groups: ABOUT };
  const body = entities('access', { studentNo: STUDENT });
  const answer = (await callOffice(college, 'archive', who, body)) as {
    data?: { _entities: ({ access: string } | null)[] };
  };
  const access = answer.data?._entities[0]?.access;
  if (!access) return [];
  const decision = openDecisions(archive.decisionKeys, who, ruledTextsOf(answer))(STUDENT, access);
  return ABOUT.filter((group) => isOpen(decision?.rulings.get(group)?.effect ?? 'DENY'));
}

interface Request {
  readonly subject: string;
  readonly role: Role;
  readonly purpose: string;
  readonly reference?: string;
  readonly caseId?: string;
}

/** What the reference of a purpose may name. */
const REFERENCES: Readonly<Record<string, string>> = {
  AUDIT: 'select audit_no as id from audit',
  AID_REVIEW: 'select round_id as id from aid_round',
  APPEAL: 'select id::text from appeal union all select id::text from sanction',
  REPAIR: 'select id::text from repair_application',
  COLLECTION: `select 'none' as id`,
};

/** Every request that somebody who holds a role could make, whatever becomes of it. */
async function requests(): Promise<Request[]> {
  const held = await sql<{ staff_no: string; role: Role }>(
    'select distinct staff_no, role from admin_grant',
  );
  const cases = await sql<{ case_id: string }>('select case_id from evaluation_case');
  const references = new Map<string, string[]>();
  for (const [purpose, text] of Object.entries(REFERENCES))
    references.set(
      purpose,
      (await sql<{ id: string }>(text)).map(({ id }) => id),
    );
  return held.flatMap(({ staff_no: subject, role }) =>
    purposesOf(role).flatMap(({ name: purpose }): Request[] => {
      const plain = { subject, role, purpose };
      if (purpose in CASE_PURPOSES)
        return cases.map(({ case_id: caseId }) => ({ ...plain, caseId }));
      const named = references.get(purpose);
      return named ? named.map((reference) => ({ ...plain, reference })) : [plain];
    }),
  );
}

/** A request that is refused as a whole is none. */
function orNone(choose: () => Identity): Identity | undefined {
  try {
    return choose();
  } catch (error) {
    if (isFault(error)) return undefined;
    throw error;
  }
}

/** Who reads what, by asking for all of it: people by group and role. */
async function whoReads(): Promise<Map<string, Set<string>>> {
  const found = new Map<string, Set<string>>();
  const add = async (identity: Identity) => {
    for (const group of await openTo(identity)) {
      const key = `${group} ${identity.role}`;
      found.set(key, (found.get(key) ?? new Set()).add(identity.subject));
    }
  };
  const now = college.clock.now();
  const until = now.getTime() + 5000;
  const requestId = randomUUID();
  const tryOne = async ({ subject, role, purpose, ...named }: Request) => {
    const actor = { ...(await actorOf({ subject, ...named })), until };
    const requested = { role, purpose, ...named };
    const identity = orNone(() => chooseIdentity({ subject, actor, requested, now, requestId }));
    if (identity) await add(identity);
  };
  await Promise.all((await requests()).map(tryOne));
  const self = { ...(await actorOf({ subject: STUDENT })), until };
  const requested = { role: 'STU_SELF' };
  await add(chooseIdentity({ subject: STUDENT, actor: self, requested, now, requestId }));
  for (const { token_hash: tokenHash = '' } of await sql('select token_hash from report_token')) {
    const actor = { ...(await actorOf({ subject: 'employer', tokenHash })), until };
    const identity = orNone(() => employerIdentity(actor, now, requestId));
    if (identity) await add(identity);
  }
  return found;
}

interface Counted {
  readonly group: string;
  readonly readers: readonly { readonly role: string; readonly people: number }[];
}
async function counted(): Promise<Record<string, number>> {
  const { data, errors } = await college.request(
    'T0901',
    `{ fieldAccess(studentNo: "${STUDENT}") { group readers { role people } } }`,
    { headers: { 'x-reference': STANDING } },
  );
  expect(errors).toBeUndefined();
  const groups = data?.['fieldAccess'] as readonly Counted[];
  // A provider reads under a consent, in an office of its own.
  const entries = groups.flatMap(({ group, readers }) =>
    readers
      .filter(({ role, people }) => role !== 'TPC_INST' && people > 0)
      .map(({ role, people }) => [`${group} ${role}`, people] as const),
  );
  return Object.fromEntries(entries);
}

const READERS = 'role relation effect clause rule reason rows people';
const select = (group: string, given = '', fields = READERS) =>
  `{ whoCanSee(group: "${group}"${given}) { ${fields} } }`;
const AUDITING = { headers: { 'x-reference': STANDING } };
const codesOf = ({ errors }: Answer) =>
  errors?.map(({ extensions }) => [extensions['code'], extensions['rule']].filter(Boolean));

/** The numbers of a group, as an audit reads them. */
async function numbers(group: string, at?: string): Promise<Record<string, number>> {
  const given = `, studentNo: "${STUDENT}"${at ? `, at: "${at}"` : ''}`;
  const answer = await college.request('T0901', select(group, given), AUDITING);
  expect(answer.errors).toBeUndefined();
  const readers = answer.data?.['whoCanSee'] as { role: string; people: number }[];
  return Object.fromEntries(readers.map(({ role, people }) => [role, people]));
}

test('a student reads by whom a group of his can be read, why, and by how many, and no names (PIPL 44)', async () => {
  const { data, errors } = await college.request(STUDENT, select('HARDSHIP'));
  expect(errors).toBeUndefined();
  const cells = { effect: 'ALLOW', clause: 'FG03', relation: 'ORG' };
  const round = {
    ...cells,
    reason:
      '可看。仅限以资助评审为用途、请求中所指的资助批次；辅导员限本班。 All of it. Only inside the aid round named with purpose AID_REVIEW; a counsellor in his own classes.',
    rows: ['请求所指资助批次的事实 · facts of the round named in the request'],
  };
  expect(data?.['whoCanSee']).toEqual([
    {
      ...cells,
      role: 'STU_SELF',
      relation: 'SELF',
      rule: 'STU_SELF.FG03',
      reason: '可看。 All of it.',
      rows: [],
      people: 1,
    },
    { ...round, role: 'COUNSELLOR', rule: 'COUNSELLOR.FG03', people: 2 },
    { ...round, role: 'COLLEGE_ADMIN', rule: 'COLLEGE_ADMIN.FG03', people: 2 },
    { ...round, role: 'SCHOOL_ADMIN', rule: 'SCHOOL_ADMIN.FG03', people: 2 },
    {
      ...cells,
      role: 'EV_AID',
      relation: 'CASE',
      rule: 'EV_AID.FG03',
      reason:
        '可看。仅限列有该生、正在进行的评审，且评审人任期有效、未申报利害关系；只显示该用途所需的信息。 All of it. Only in an open case that lists the student, while the assignment is valid and no relation is declared; what is shown is the profile of the purpose.',
      rows: [],
      people: 1,
    },
  ]);
  const persons = await college.request(STUDENT, select('TUITION', '', 'role grounds { staffNo }'));
  expect(new Set(codesOf(persons)?.map(String))).toEqual(
    new Set(['FORBIDDEN_FIELD,STU_SELF.FG39']),
  );
});

test('no number discloses an audit or a matter before the student is notified of it (3.4, 3.7(15))', async () => {
  const { data } = await college.request(STUDENT, select('IDENTITY', '', 'role people'));
  const readers = data?.['whoCanSee'] as { role: string; people: number | null }[];
  expect(readers.filter(({ people }) => people === null).map(({ role }) => role)).toEqual([
    'AUDITOR',
    'RDO_STAFF',
    'DIS_OFFICER',
    'AEO_STAFF',
    'PROV_CONN',
  ]);
});

test('it is for the student himself and for an audit: every other role is refused', async () => {
  const came = new Map<string, unknown>();
  for (const [role] of CALLERS) {
    const answer = await requestAs(college, role, select('TUITION', `, studentNo: "${STUDENT}"`));
    const [code] = codesOf(answer)?.[0] ?? ['OK'];
    came.set(role, code);
  }
  const open = [...came].filter(([, code]) => code === 'OK').map(([role]) => role);
  expect(open).toEqual(['STU_SELF', 'AUDITOR']);
  expect(new Set(came.values())).toEqual(new Set(['OK', 'FORBIDDEN_FIELD']));
  const ofAnother = await college.request(
    '2024010305',
    select('TUITION', `, studentNo: "${STUDENT}"`),
  );
  expect(codesOf(ofAnother)).toEqual([['NOT_FOUND']]);
});

test('readers of fieldAccess are refused to who may read the rest of it', async () => {
  const query = `{ fieldAccess(studentNo: "${STUDENT}", at: "2026-04-01T00:00:00Z") { readers { role } } }`;
  const answer = await requestAs(college, 'COUNSELLOR', query);
  expect(new Set(codesOf(answer)?.map(String))).toEqual(
    new Set(['FORBIDDEN_FIELD,COUNSELLOR.FG27']),
  );
});

test.each([
  ['a group of no student', select('STATISTICS')],
  ['a word that is no group', select('SECRETS')],
  ['an instant to come', select('TUITION', ', at: "2027-01-01T00:00:00Z"')],
])('%s is refused', async (_, query) => {
  expect(codesOf(await college.request(STUDENT, query))).toEqual([['VALIDATION']]);
});

test('every event says by which tables it was decided, as fieldAccess says of those in force (G20.1)', async () => {
  // The last of all, whatever was written at the same instant as others before.
  college.clock.set(new Date(college.clock.now().getTime() + 1000).toISOString());
  await requestAs(college, 'COUNSELLOR', `{ student(studentNo: "${STUDENT}") { name } }`);
  const log = await college.request(
    STUDENT,
    `{ myAccessLog(first: 1) { nodes { actorRole tablesHash } }
       fieldAccess(studentNo: "${STUDENT}") { tablesHash } }`,
  );
  expect(log.data?.['myAccessLog']).toEqual({
    nodes: [{ actorRole: 'COUNSELLOR', tablesHash: TABLES_HASH }],
  });
  const inForce = log.data?.['fieldAccess'] as readonly { tablesHash: string }[];
  expect(new Set(inForce.map(({ tablesHash }) => tablesHash))).toEqual(new Set([TABLES_HASH]));
  expect(TABLES_HASH).toMatch(/^[\w-]{43}$/);
});

test('statements do not grow with the people, now and at a past instant', async () => {
  const count = async (at = '') => {
    const query = `{ fieldAccess(studentNo: "${STUDENT}"${at}) { group readers { people } } }`;
    const { statements } = await countStatements(() => college.request('T0901', query, AUDITING));
    return statements.length;
  };
  const past = ', at: "2026-04-12T00:00:00Z"';
  await count();
  const before = [await count(), await count(past)];
  await sql(
    `insert into staff (staff_no, name, recorded_by, recorded_at, approved_by, approved_at)
     select 'X' || n, 'x', 'T0001', '2026-03-01', 'T0002', '2026-03-01' from generate_series(1, 200) n`,
  );
  await sql(
    `insert into admin_grant (staff_no, role, org_code, valid_from, state, recorded_by, recorded_at,
       approved_by, approved_at)
     select 'X' || n, 'COUNSELLOR', 'C01', '2026-03-01', 'ACTIVE', 'T0001', '2026-03-01', 'T0002',
       '2026-03-01' from generate_series(1, 200) n`,
  );
  expect((await numbers('TUITION'))['COUNSELLOR']).toBe(202);
  expect([await count(), await count(past)]).toEqual(before);
  await sql(`delete from admin_grant where staff_no like 'X%'`);
  await sql(`delete from staff where staff_no like 'X%'`);
});

test('whoever is counted can read, and whoever is not cannot, in any state of grants, cases, consents and tasks', async () => {
  const world = fc.record(
    Object.fromEntries(Object.keys(SWITCHES).map((name) => [name, fc.boolean()])),
  );
  await fc.assert(
    fc.asyncProperty(world, async (flags) => {
      for (const [name, [on, off]] of Object.entries(SWITCHES)) await (flags[name] ? on : off)();
      const read = await whoReads();
      const expected = Object.fromEntries([...read].map(([key, people]) => [key, people.size]));
      expect(await counted()).toEqual(expected);
    }),
    { numRuns: RUNS },
  );
});

/** A person does something at an instant of the day, by a mutation. */
async function act(
  at: string,
  person: string,
  mutation: Omit<Parameters<typeof mutate>[2], 'fields'>,
  headers: Record<string, string> = {},
): Promise<void> {
  college.clock.set(`2026-04-12T${at}:00+08:00`);
  const outcome = await mutate(college, person, { ...mutation, fields: '__typename' }, headers);
  expect([outcome.came, ...refusalsOf(outcome, mutation.name)]).toEqual(['OK']);
}
const REVIEW = { 'x-purpose': 'ADMIN_REVIEW' };
const rowOf = async (table: string, where: string, more = '') => {
  const [row] = await sql<{ id: string; version: number; from: string }>(
    `select * ${more} from ${table} where ${where}`,
  );
  return row!;
};

test('what could be read at a past instant is what was read then, whatever was changed since (INV-21)', async () => {
  for (const [, [, off]] of Object.entries(SWITCHES)) await off();
  // The switches changed rows past the product, at no instant of its clock.
  await sql('delete from past_row');
  const read = new Map<string, Record<string, Record<string, number>>>();
  const both = async (at?: string) => ({
    IDENTITY: await numbers('IDENTITY', at),
    HARDSHIP: await numbers('HARDSHIP', at),
    BAD_CONDUCT: await numbers('BAD_CONDUCT', at),
  });
  const keep = async (at: string) => {
    const instant = `2026-04-12T${at}:00+08:00`;
    college.clock.set(instant);
    read.set(instant, await both());
  };
  await keep('10:30');
  const counsellor = await rowOf('admin_grant', grantOf('T0101', 'COUNSELLOR'));
  await act(
    '11:00',
    'T0001',
    {
      name: 'suspendGrant',
      noun: 'AdminGrant',
      args: { id: counsellor.id, expectedVersion: Number(counsellor.version) },
    },
    REVIEW,
  );
  await keep('11:30');
  await act(
    '12:00',
    'T0704',
    {
      name: 'declareRelation',
      noun: 'RelationDeclaration',
      args: { studentNo: STUDENT, kind: new EnumValue('RELATIVE') },
    },
    { 'x-role': 'STAFF_SELF' },
  );
  await keep('12:30');
  const award = await rowOf('evaluation_case', `case_id = 'EC-AWARD'`);
  await act(
    '13:00',
    'T0001',
    {
      name: 'endAssignment',
      noun: 'EvaluationCase',
      args: { id: 'EC-AWARD', expectedVersion: Number(award.version), staffNo: 'T0701' },
    },
    REVIEW,
  );
  await keep('13:30');
  const consent = await rowOf('consent', `consent_id = '${REPORT_CONSENT}'`);
  await act('14:00', STUDENT, {
    name: 'withdrawConsent',
    noun: 'Consent',
    args: { id: REPORT_CONSENT, expectedVersion: Number(consent.version) },
  });
  await keep('14:30');
  // A batch gives a grant an end; the next one grants the role anew, after a training.
  const { from } = await rowOf(
    'admin_grant',
    grantOf('T0110', 'COLLEGE_ADMIN'),
    `, to_char(valid_from at time zone interval '8 hours', 'YYYY-MM-DD HH24:MI:SS') as "from"`,
  );
  const bringGrant = (生效时间: string, 失效时间: string) =>
    college.bring('archive', 'grants', [
      { 工号: 'T0110', 角色: 'COLLEGE_ADMIN', 机构代码: 'C01', 生效时间, 失效时间 },
    ]);
  college.clock.set('2026-04-12T14:45:00+08:00');
  await bringGrant(from, '2026-04-12 15:00:00');
  await keep('15:30');
  college.clock.set('2026-04-12T16:00:00+08:00');
  await train(college, 'T0110', '2026-04-01');
  await bringGrant('2026-04-12 16:00:00', '2027-01-01 00:00:00');
  await keep('16:30');
  await act(
    '17:00',
    'T0001',
    {
      name: 'transferStudent',
      noun: 'StudentTransfer',
      args: { studentNo: STUDENT, college: 'C02', classCode: '20250204', majorCode: 'M0201' },
    },
    REVIEW,
  );
  await keep('17:30');
  college.clock.set('2026-04-13T10:00:00+08:00');
  const again = new Map<string, unknown>();
  for (const instant of read.keys()) again.set(instant, await both(instant));
  expect(again).toEqual(read);
  // Each step changed something, so that none of it is true by chance; the second batch undid the first.
  const states = [...read.values()].map((one) => JSON.stringify(one));
  expect([states.length, new Set(states).size]).toEqual([8, 7]);
});
