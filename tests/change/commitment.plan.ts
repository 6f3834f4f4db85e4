import { randomUUID } from 'node:crypto';
import type { Role } from '@chengxin/kit/privacy/roles';
import { STUDENT } from '../support/callers.js';
import type { TestCollege } from '../support/college.js';
import { publishText, standDelivered } from '../support/entry.js';
import { EnumValue } from '../support/mutate.js';
import { put } from '../support/put.js';
import type { NounPlan } from './plans.js';

const VERSION = 'E-2026.1';
const SIGNED = { signed_at: '2026-03-01T00:00:00Z', signature_hash: 'a'.repeat(64) };
const UNSIGNED: ReadonlySet<string> = new Set(['OFFERED', 'DECLINED', 'EXPIRED']);

/** A matter of each office that acts; whoever has none finds a promise before an exam. */
const MATTERS: Readonly<Partial<Record<Role, readonly [matter: string, office: string]>>> = {
  SCHOOL_ADMIN: ['AWARD', 'SAO'],
  FIN_CLERK: ['AID', 'FIN'],
  FIN_REVIEWER: ['AID', 'FIN'],
  CYL_CLERK: ['STATISTICS', 'CYL'],
  CYL_REVIEWER: ['STATISTICS', 'CYL'],
  AEO_STAFF: ['ADMISSION', 'AEO'],
  RDO_STAFF: ['PROJECT', 'RDO'],
};
const matterOf = (role?: Role) => (role && MATTERS[role]) ?? (['EXAM', 'AAO'] as const);

const publish = (college: TestCollege, role?: Role) => {
  const [matter, office] = matterOf(role);
  return publishText(college, ['COMMITMENT', matter, VERSION, office]);
};

const DECIDED = { decision: 'true', decided_on: '2026-04-02', approved_by: 'T9998' };
const MEASURES = { measures: 'make up for it', rectify_by: '2026-04-10' };
const REPORTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  BREACH_REPORTED: {},
  CLEARED: DECIDED,
  RECTIFYING: { ...DECIDED, ...MEASURES },
  FULFILLED: { ...DECIDED, ...MEASURES, outcome: 'done', outcome_on: '2026-04-11' },
  BREACHED: { ...DECIDED, ...MEASURES, outcome: 'not done', outcome_on: '2026-04-11' },
};

/** What was reported of a promise; the student was notified of it. */
async function report(college: TestCollege, id: string, of: string | null, state: string) {
  const more = REPORTS[state];
  if (!more) return;
  await put(college, 'archive', 'commitment_breach', {
    commitment_id: id,
    student_no: of,
    owner_office: 'AAO',
    facts: 'did not keep it',
    evidence: JSON.stringify([{ id: 'E-1', docNo: 'E-1' }]),
    recorded_by: 'T9999',
    recorded_at: '2026-04-01T00:00:00Z',
    state,
    ...more,
    ...(more['approved_by'] && { approved_at: '2026-04-02T00:00:00Z' }),
  });
  await standDelivered(college, 'Commitment', id, 'BREACH');
}

const OFFER = 'commitment.offer';

/** Promises of the matters of each office: what the entry letter moves beside itself is tested elsewhere. */
export const commitmentPlan: NounPlan = {
  noun: 'Commitment',
  isOf: (action) => action !== OFFER,
  office: 'archive',
  table: 'commitment',
  async seed(college, studentNo, state, { role, person }) {
    await publish(college, role);
    const [matter, office] = matterOf(role);
    const isStaff = role === 'STAFF_SELF';
    const { id = '' } = await put(college, 'archive', 'commitment', {
      ...(isStaff ? { staff_no: person } : { student_no: studentNo }),
      matter,
      template_version: VERSION,
      owner_office: office,
      business_ref: randomUUID(),
      state,
      recorded_at: '2026-03-01T00:00:00Z',
      ...(!UNSIGNED.has(state) && SIGNED),
    });
    await standDelivered(college, 'Commitment', id, 'TEMPLATE');
    await report(college, id, isStaff ? null : studentNo, state);
    return { id, version: 1 };
  },
  opening: () => Promise.reject(new Error('An office offers a promise.')),
  more: {
    'commitment.check': { phase: new EnumValue('POST'), result: new EnumValue('FULFILLED') },
    'breach.report': { facts: 'did not keep it', evidenceDocNos: ['E-1'] },
    'breach.decide': {
      decision: new EnumValue('RECTIFY'),
      decisionText: 'true',
      measures: 'make up for it',
      rectifyBy: '2026-05-01',
    },
    'rectification.decide': { decision: new EnumValue('BREACHED'), decisionText: 'not done' },
  },
};

/** Offers to one student, who stands in a matter of every office already. */
export const commitmentOfferPlan: NounPlan = {
  title: 'Commitment, offered',
  noun: 'Commitment',
  isOf: (action) => action === OFFER,
  isMany: true,
  office: 'archive',
  table: 'commitment',
  async prepare(college) {
    for (const role of ['AEO_STAFF', 'RDO_STAFF'] as const)
      await commitmentPlan.seed(college, STUDENT, 'FULFILLED', { role, person: null }, OFFER);
  },
  seed: () => Promise.reject(new Error('It is offered, and was not there before.')),
  async opening(college, studentNo, role) {
    await publish(college, role);
    const [matter] = matterOf(role);
    return {
      matter: new EnumValue(matter),
      templateVersion: VERSION,
      subjects: [studentNo],
      businessRef: randomUUID().slice(0, 30),
      signBy: '2026-05-01',
    };
  },
};
