/** What hangs on a consent in the archive is there while the consent is, to the second (notes 22, 28, 33). */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { requestAs, STUDENT } from '../support/callers.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { RECORDED } from '../support/put.js';
import { asOwner } from '../support/sql.js';
import { StudentRows } from './procedure-rows.js';

let college: TestCollege;
const rows = new StudentRows(() => college, STUDENT);
const at = (time: string) => `2026-04-12T${time}+08:00`;
const HOURS = { granted_at: at('10:00:00'), expires_at: at('18:00:00') };

beforeAll(async () => {
  college = await startCollege({ at: at('08:00:00') });
});
afterAll(() => college.stop());
afterEach(() => asOwner(college, 'archive', 'delete from model_case; delete from consent'));

const EDGES = [
  ['a second before it is given', '09:59:59', {}, false],
  ['when it is given', '10:00:00', {}, true],
  ['a second before it ends', '17:59:59', {}, true],
  ['when it ends', '18:00:00', {}, false],
  ['a second before it is withdrawn', '11:59:59', { withdrawn_at: at('12:00:00') }, true],
  ['when it is withdrawn', '12:00:00', { withdrawn_at: at('12:00:00') }, false],
] as const;

test.each(EDGES)(
  '%s, at %s, with %o, its model case is published: %s (note 22)',
  async (_, time, consent, isShown) => {
    await rows.consent('CS', 'MODEL_CASE', { ...HOURS, ...consent });
    await rows.put('CASE', 'model_case', {
      consent_id: 'CS',
      title: '拾金不昧',
      summary: '拾金不昧',
      published_on: '2026-04-12',
      state: 'PUBLISHED',
      ...RECORDED,
    });
    college.clock.set(at(time));
    const nodes = isShown ? [{ title: '拾金不昧' }] : [];
    expect(await requestAs(college, 'PUBLIC', '{ modelCases { nodes { title } } }')).toEqual({
      data: { modelCases: { nodes } },
    });
    const own = `{ student(studentNo: "${STUDENT}") { modelCases { title } } }`;
    expect(await requestAs(college, 'STU_SELF', own)).toEqual({
      data: { student: { modelCases: nodes } },
    });
  },
);

test.each(EDGES)(
  '%s, at %s, with %o, Student Affairs reads repayments under it: %s (note 33)',
  async (_, time, consent, isOpen) => {
    await rows.consent('CS', 'POSTGRAD_LOAN', { ...HOURS, ...consent });
    college.clock.set(at(time));
    const query = `{ student(studentNo: "${STUDENT}") { loanPerformance { month } } }`;
    const { data, errors } = await requestAs(college, 'SCHOOL_ADMIN', query);
    expect([data, errors?.map(({ extensions }) => extensions['code'])]).toEqual(
      isOpen
        ? [{ student: { loanPerformance: [] } }, undefined]
        : [{ student: { loanPerformance: null } }, ['CONSENT_REQUIRED']],
    );
  },
);

describe('by purpose and recipient', () => {
  const PURPOSES = [
    'EMPLOYER_REPORT',
    'MODEL_CASE',
    'POSTGRAD_LOAN',
    'PROVIDER_SHARE',
    'THIRD_PARTY_COLLECT',
  ];

  test('the school sees each that names it, and of a model case whoever it names (SCHOOL_CONSENTS, note 28)', async () => {
    for (const purpose of PURPOSES) {
      await rows.consent(`${purpose} to the school`, purpose);
      await rows.consent(`${purpose} to a bank`, purpose, { recipient_name: '示范银行' });
    }
    college.clock.set(at('12:00:00'));
    const query = `{ student(studentNo: "${STUDENT}") { consents { purpose state } } }`;
    const { data } = await requestAs(college, 'SCHOOL_ADMIN', query);
    const student = data?.['student'] as { consents: { purpose: string }[] };
    expect(student.consents.map(({ purpose }) => purpose).toSorted()).toEqual(
      [...PURPOSES, 'MODEL_CASE'].toSorted(),
    );
  });
});
