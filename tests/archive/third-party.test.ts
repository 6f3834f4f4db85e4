/** What the archive takes from third parties, and what it refuses by name (INV-03, INV-10, T-05). */
import { maliceFindings } from '@chengxin/archive/conduct/finding.consume';
import { forkOf, type EntityManager } from '@chengxin/kit/database/orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import { BANK, consent, TELECOM, TO_LENDER } from '../thirdparty/provider-files.js';
import { rows } from './conduct-events.js';

process.env['LOG_LEVEL'] ??= 'fatal';
let college: TestCollege;
beforeAll(async () => {
  college = await startCollege();
  await college.bring('archive', 'consents', [
    consent({}),
    consent(TO_LENDER),
    consent({ 授权编号: 'CS-OVER', 到期时间: '2026-04-12 10:00:00' }),
  ]);
});
afterAll(() => college.stop());

const FACTS = {
  studentNo: '2024020111',
  polarity: 'BAD',
  indicatorCode: 'D2-02',
  severity: 'S2',
  state: 'FOUND',
  occurredOn: '2026-02-25',
  foundOn: '2026-03-02',
  findingOn: '2026-03-02',
  findingBody: '乙银行',
  findingDocNo: 'YH-2026-1',
  noticeDeliveredAt: '2026-02-27T01:00:00Z',
  statementFiled: true,
  consentId: 'CS-BANK',
  provider: BANK,
  recordedBy: 'bank-b-01',
  approvedBy: 'bank-b-02',
  approvedAt: '2026-03-02T02:00:00Z',
};

/** Apply one event as the archive's feed reader does. */
async function consume(id: string, changes: object): Promise<void> {
  const archive = college.started.offices.get('archive');
  if (!archive) throw new Error('There is no archive.');
  const source = { subgraph: 'thirdparty', typename: 'ProviderMaliceFinding', id };
  const payload = { ...FACTS, source, ...changes };
  await forkOf(archive.orm).transactional((em) =>
    maliceFindings.handler(
      em as EntityManager,
      [{ topic: 'finding', key: `thirdparty:${id}`, version: 1, payload }],
      college.clock.now(),
    ),
  );
}
const held = (id: string) =>
  rows(college, 'select state from conduct_record where source_id = ?', [id]);
const parked = (id: string) =>
  rows(college, `select reason, payload is not null as is_held from parked_event where key = ?`, [
    id,
  ]);

test('a complete finding under a consent in force is accepted (2.4)', async () => {
  await consume('F-0', {});
  expect(await held('F-0')).toEqual([{ state: 'ACTIVE' }]);
});

test.each([
  ['names no consent', { consentId: null }, 'NO_CONSENT', false],
  ['names an unknown consent', { consentId: 'CS-NONE' }, 'NO_CONSENT', false],
  ['names a consent at its end', { consentId: 'CS-OVER' }, 'NO_CONSENT', false],
  ["names another student's consent", { studentNo: '2024010317' }, 'NO_CONSENT', false],
  ["names another provider's consent", { provider: TELECOM }, 'NO_CONSENT', false],
  ['is of a loan', { indicatorCode: 'D4-05', consentId: 'CS-LOAN' }, 'NO_CONSENT', false],
  ['was notified to nobody', { noticeDeliveredAt: null }, 'NO_NOTICE', true],
  ['has no statement', { statementFiled: false }, 'NO_NOTICE', true],
  ['has no document number', { findingDocNo: ' ' }, 'MALFORMED', true],
  ['names nobody who found it', { recordedBy: null, approvedBy: null }, 'MALFORMED', true],
  ['is graver than its indicator', { severity: 'S3' }, 'SEVERITY_OUT_OF_RANGE', true],
  ["is of another office's code", { indicatorCode: 'D2-01' }, 'OTHER_OFFICE', true],
])(
  'a finding that %s makes no record (INV-03, INV-04, INV-10)',
  async (_, lack, reason, isHeld) => {
    await consume('F-1', lack);
    expect(await held('F-1')).toEqual([]);
    expect(await parked('F-1')).toEqual([{ reason, is_held: isHeld }]);
    await rows(college, `delete from parked_event where key = 'F-1'`);
  },
);

test('what waits under a consent goes with it', async () => {
  await consume('F-2', { severity: 'S3' });
  await college.bring('archive', 'consents', [consent({ 撤回时间: '2026-04-12 09:59:00' })]);
  expect([...(await held('F-0')), ...(await parked('F-2'))]).toEqual([]);
});

test('no third-party record stands without a consent, in whatever way it comes (INV-10)', async () => {
  await expect(
    rows(
      college,
      `insert into good_record (student_no, indicator_code, origin_group, source_office, occurred_on,
         state, source_subgraph, source_typename, source_id, source_version, recorded_at)
       values ('2024020111', 'P-10', 'PHONE_BILLS', 'TPC', '2026-01-20', 'APPROVED', 'thirdparty',
         'PhoneBill', 'G-1', 1, now())`,
    ),
  ).rejects.toThrow('good_record_consent');
});
