/**
 * A report is open from the issue of its token to its end, within the consent that it rests on, for
 * as many views as were granted (note 7, SC-06). Requested through the gateway and straight.
 */
import { randomUUID } from 'node:crypto';
import { isInReport } from '@chengxin/archive/employer/template.rules';
import { digest } from '@chengxin/kit/call/crypto';
import { GROUPS } from '@chengxin/kit/privacy/groups';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type Answer, type TestCollege } from '../support/college.js';
import { importer } from '../support/imports.js';
import { asOwner } from '../support/sql.js';
import { callOffice } from '../support/straight.js';
import { StudentRows } from './procedure-rows.js';

const STUDENT = '2024010317';
const QUERY = '{ employerReport { student { name } } }';
const NAMED = 'SEEN';

let college: TestCollege;
const rows = new StudentRows(() => college, STUDENT);
const at = (time: string) => `2026-04-12T${time}+08:00`;

interface Released {
  readonly token: string;
  readonly id: string;
}
/** A consent from 10 to 16 o'clock, and a token under it from 11 to 15, unless something else is said. */
async function release(consent: object = {}, token: object = {}): Promise<Released> {
  const secret = randomUUID();
  await rows.consent(`CS-${secret}`, 'EMPLOYER_REPORT', {
    granted_at: at('10:00:00'),
    expires_at: at('16:00:00'),
    ...consent,
  });
  await rows.put(secret, 'report_token', {
    token_hash: digest(secret),
    consent_id: `CS-${secret}`,
    recipient_uscc: '91990000MA0000004L',
    report_template: 'STUDY',
    max_views: 50,
    issued_at: at('11:00:00'),
    expires_at: at('15:00:00'),
    watermark: 'E-1',
    state: 'ISSUED',
    ...token,
  });
  return { token: secret, id: rows.id(secret) };
}

const outcome = ({ data, errors }: Answer): unknown =>
  data?.['employerReport'] ? NAMED : errors?.[0]?.extensions['code'];
const show = async (token: string) =>
  outcome(await college.request(null, QUERY, { headers: { 'x-report-token': token } }));
/** As the gateway would sign the holder, whatever it would say itself. */
const showStraight = async (id: string) => {
  const holder = {
    ...importer(`token:${id}`, 'EMPLOYER_TOKEN'),
    purpose: 'EMPLOYER_REPORT',
    reference: id,
    groups: ['IDENTITY', 'CONSENTS'] as const,
  };
  const answer = await callOffice(college, 'archive', holder, JSON.stringify({ query: QUERY }));
  return outcome(answer as Answer);
};

beforeAll(async () => {
  college = await startCollege({ at: at('08:00:00') });
});
afterAll(() => college.stop());

const SEEN = [NAMED, NAMED];
const TOKEN_OVER = ['TOKEN_EXPIRED', 'TOKEN_EXPIRED'];
const CONSENT_OVER = ['CONSENT_EXPIRED', 'TOKEN_EXPIRED'];
const LONG = { granted_at: at('09:00:00') };
const EARLY = { issued_at: at('09:00:00') };
const SHORT = { expires_at: at('14:00:00') };

test.each([
  ['a second before its token is issued', '10:59:59', LONG, {}, TOKEN_OVER],
  ['when its token is issued', '11:00:00', LONG, {}, SEEN],
  ['a second before its token ends', '14:59:59', LONG, {}, SEEN],
  ['when its token ends', '15:00:00', LONG, {}, TOKEN_OVER],
  ['a second before its consent is given', '09:59:59', {}, EARLY, TOKEN_OVER],
  ['when its consent is given', '10:00:00', {}, EARLY, SEEN],
  ['a second before its consent ends', '13:59:59', SHORT, {}, SEEN],
  ['when its consent ends', '14:00:00', SHORT, {}, CONSENT_OVER],
  ['when its consent is withdrawn', '12:00:00', { withdrawn_at: at('12:00:00') }, {}, CONSENT_OVER],
  // What the student takes back is never shown again, whatever day he wrote on it.
  [
    'before its consent is withdrawn',
    '12:00:00',
    { withdrawn_at: at('13:00:00') },
    {},
    CONSENT_OVER,
  ],
  [
    'of a consent for something else',
    '12:00:00',
    { purpose: 'MODEL_CASE' },
    {},
    ['UNAUTHENTICATED', 'TOKEN_EXPIRED'],
  ],
] as const)('a report %s, at %s (note 7)', async (_, time, consent, token, expected) => {
  const released = await release(consent, token);
  college.clock.set(at(time));
  expect([await show(released.token), await showStraight(released.id)]).toEqual(expected);
});

test.each([
  ['ISSUED', SEEN],
  ['USED', SEEN],
  ['EXPIRED', TOKEN_OVER],
  ['REVOKED', TOKEN_OVER],
])('a report whose token is %s: %o (note 7)', async (state, expected) => {
  const released = await release({}, { state });
  college.clock.set(at('12:00:00'));
  expect([await show(released.token), await showStraight(released.id)]).toEqual(expected);
});

test.each([
  [0, 3, [NAMED, NAMED, NAMED, 'TOKEN_EXPIRED']],
  [2, 3, [NAMED, 'TOKEN_EXPIRED', 'TOKEN_EXPIRED', 'TOKEN_EXPIRED']],
  [3, 3, ['TOKEN_EXPIRED', 'TOKEN_EXPIRED', 'TOKEN_EXPIRED', 'TOKEN_EXPIRED']],
])('after %i of %i views the next four requests: %o (note 7)', async (used, most, expected) => {
  const { token, id } = await release({}, { used_views: used, max_views: most });
  college.clock.set(at('12:00:00'));
  const shown: unknown[] = [];
  for (const _ of expected) shown.push(await show(token));
  expect(shown).toEqual(expected);
  expect(await showStraight(id)).toBe('TOKEN_EXPIRED');
  expect(
    await asOwner(college, 'archive', `select used_views as used from report_token where id = $1`, [
      id,
    ]),
  ).toEqual([{ used: most }]);
});

test.each([
  ['STUDY', ['IDENTITY', 'SELF_ENTRIES', 'GRADES', 'ACADEMIC_SUMMARY', 'GRADUATION_REMARK']],
  ['CONDUCT', ['IDENTITY', 'ACADEMIC_SUMMARY', 'GOOD_CONDUCT', 'CREDIT_GRADE']],
  [
    'FULL',
    [
      'IDENTITY',
      'COMMITMENTS',
      'SELF_ENTRIES',
      'GRADES',
      'ACADEMIC_SUMMARY',
      'ACADEMIC_MISCONDUCT',
      'GRADUATION_REMARK',
      'GOOD_CONDUCT',
      'BAD_CONDUCT',
      'CREDIT_SCORE',
      'CREDIT_GRADE',
    ],
  ],
  ['EVERYTHING', null],
  [undefined, null],
])('of all groups the template %s shows %o and the frame (note 7, 3.6)', (template, groups) => {
  const shown = GROUPS.filter((group) => isInReport(template, group));
  const frame = groups ? ['CONSENTS'] : [];
  expect(shown.toSorted()).toEqual([...(groups ?? []), ...frame].toSorted());
});
