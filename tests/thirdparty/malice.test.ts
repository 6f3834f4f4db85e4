/** A provider's malice finding becomes a record, unseen by the school, and goes with its consent. */
import { maliceFindings } from '@chengxin/archive/conduct/finding.consume';
import { forkOf, type EntityManager } from '@chengxin/kit/database/orm';
import type { FeedEvent } from '@chengxin/kit/feed/outbox';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { creditOf } from '../archive/accepted.js';
import { EnumValue, mutate, on } from '../support/mutate.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { published } from '../support/published.js';
import { asOwner } from '../support/sql.js';
import { CARD, find, PHONE, publishFinding, type Finding } from './findings.js';
import {
  BANK,
  BANKER,
  bill,
  bringAs,
  consent,
  giveConsents,
  OPERATOR,
  REGISTER,
  SCHOOL,
  statement,
  TO_TELECOM,
} from './provider-files.js';

process.env['LOG_LEVEL'] ??= 'fatal';
const STUDENT = '2024020111';
const COLLEGE_ADMIN = { headers: { 'x-purpose': 'ADMIN_REVIEW' } };

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege({ at: '2026-04-15T10:00:00+08:00' });
  await giveConsents(college, [consent({}), consent(TO_TELECOM)]);
  await bringAs(college, SCHOOL, 'providers', REGISTER);
  await bringAs(college, BANKER, 'cardOverdrafts', [statement({ 账单日: '2026-02-25' })]);
  await bringAs(college, OPERATOR, 'phoneBills', [
    bill({}),
    bill({ 账期: '2026-01', 是否确认: '否' }),
  ]);
});
afterAll(() => college.stop());

const found = (finding: Finding) => find(college, finding);
const publish = (id: string) => publishFinding(college, id);
const records = () =>
  asOwner(
    college,
    'archive',
    `select student_no, indicator_code, origin_group, source_office, severity, occurred_on::text,
       found_on::text, finding_body, finding_doc_no, state, evidence->0->>'docNo' as evidence,
       notice_delivered_at = '2026-02-27T01:00:00Z' as noticed, consent_id, recorded_by, approved_by,
       accepted_by
     from conduct_record order by indicator_code`,
  );
const parked = () =>
  asOwner(college, 'archive', `select payload, reason from parked_event order by reason`);

/** What was published of the finding on a card. */
let event: FeedEvent | undefined;
test('a finding counts at once from its day on, with document and notice (2.4, INV-03, T-04)', async () => {
  await publish(await found(CARD));
  [event] = await published(college, 'thirdparty', 'finding');
  expect(await records()).toEqual([
    {
      student_no: STUDENT,
      indicator_code: 'D2-02',
      origin_group: 'CARD_OVERDRAFTS',
      source_office: 'TPC',
      severity: 'S2',
      occurred_on: '2026-02-25',
      found_on: '2026-03-02',
      finding_body: '乙银行',
      finding_doc_no: 'YH-2026-1',
      state: 'ACTIVE',
      evidence: 'YH-2026-1',
      noticed: true,
      consent_id: 'CS-BANK',
      recorded_by: 'bank-b-01',
      approved_by: 'bank-b-02',
      accepted_by: 'job:acceptProviderMalice',
    },
  ]);
  expect(await creditOf(college, STUDENT)).toEqual({
    score: 9700,
    grade: 'A',
    ledger: [{ points: -400 }, { points: 100 }],
  });
});

test('the snapshot follows in the transaction of the event (4.8)', async () => {
  expect(
    await asOwner(
      college,
      'archive',
      `select r.xmin = s.xmin as together from conduct_record r
       join lateral (select xmin from credit_snapshot c where c.student_no = r.student_no
         order by seq desc limit 1) s on true`,
    ),
  ).toEqual([{ together: true }]);
});

test('no school role sees the record or a point of it (T-04, L-04)', async () => {
  const query = `{ student(studentNo: "${STUDENT}") {
    conductRecords { indicatorCode } credit { score view ledger { points } } } }`;
  for (const person of ['T0210', 'T0001'])
    expect(await college.request(person, query, COLLEGE_ADMIN)).toEqual({
      data: {
        student: {
          conductRecords: [],
          credit: { score: 10000, view: 'SCHOOL', ledger: [] },
        },
      },
    });
});

test("the statement's text stays with the provider's finding; no feed carries it", async () => {
  const events = await published(college, 'thirdparty', 'finding');
  expect(events.map((event) => JSON.stringify(event).includes('已还清'))).toEqual([false]);
});

test('a finding that is not FOUND, or rests on nothing, is refused and publishes nothing', async () => {
  const proposed = await found({ ...PHONE, state: 'PROPOSED' });
  const unknown = '00000000-0000-4000-8000-000000000000';
  for (const id of [proposed, unknown])
    await expect(publish(id)).rejects.toMatchObject({ extensions: { code: 'STATE_CONFLICT' } });
  expect(
    await asOwner(college, 'thirdparty', `select 1 from outbox where topic = 'finding'`),
  ).toHaveLength(1);
  const dismiss = `update provider_malice_finding set state = 'DISMISSED' where id = $1`;
  await asOwner(college, 'thirdparty', dismiss, [proposed]);
});

test('a phone bill that is not confirmed can be put to no finding (Henan 27, SC-05)', async () => {
  await expect(found({ ...PHONE, month: '2026-01' })).rejects.toMatchObject({
    constraint: 'phone_bill_confirmed',
  });
  await expect(found({ ...PHONE, severity: 'S2' })).rejects.toMatchObject({
    constraint: 'provider_malice_finding_severity',
  });
});

test('a bill that its operator takes back takes its finding back with it', async () => {
  await publish(await found(PHONE));
  expect(await records()).toMatchObject([{ indicator_code: 'D2-02' }, { indicator_code: 'D2-03' }]);
  await bringAs(college, OPERATOR, 'phoneBills', [bill({ 是否确认: '否' })]);
  await college.settle();
  expect(await records()).toMatchObject([
    { indicator_code: 'D2-02', state: 'ACTIVE' },
    { indicator_code: 'D2-03', state: 'REVOKED' },
  ]);
});

test('with the consent its records go, in the same transaction as the withdrawal (INV-10, L-09)', async () => {
  await giveConsents(college, [consent({ 撤回时间: '2026-04-15 09:59:00' })]);
  expect(await records()).toMatchObject([{ indicator_code: 'D2-03' }]);
  expect(await creditOf(college, STUDENT)).toEqual({ score: 10000, grade: 'A', ledger: [] });
  expect(
    await asOwner(
      college,
      'archive',
      `select c.xmin = s.xmin as together from consent c
       join lateral (select xmin from credit_snapshot x where x.student_no = c.student_no
         order by seq desc limit 1) s on true where consent_id = 'CS-BANK'`,
    ),
  ).toEqual([{ together: true }]);
});

test('what is published after the withdrawal is not held, not even waiting (INV-10)', async () => {
  const archive = college.started.offices.get('archive');
  if (!archive || !event) throw new Error('Nothing was published.');
  const source = { ...(event.payload['source'] as object), id: 'F-9' };
  const late = { ...event, key: 'thirdparty:F-9', payload: { ...event.payload, source } };
  await forkOf(archive.orm).transactional((em) =>
    maliceFindings.handler(em as EntityManager, [late], college.clock.now()),
  );
  expect(await records()).toMatchObject([{ indicator_code: 'D2-03' }]);
  expect(await parked()).toEqual([{ payload: null, reason: 'NO_CONSENT' }]);
});

test('a consent that was written down for another provider carries nothing (INV-10)', async () => {
  await giveConsents(college, [consent({ ...TO_TELECOM, 授权用途: '典型案例' })]);
  expect(await records()).toEqual([]);
});

test('what two more people of the provider revoke upon an appeal is revoked here and there, once', async () => {
  const people = ['bank-b-03', 'bank-b-04'];
  await college.bring(
    'archive',
    'staff',
    people.map((person) => ({ 工号: person, 姓名: '银行乙申诉' })),
  );
  await college.bring(
    'archive',
    'grants',
    people.map((person) => ({
      工号: person,
      角色: 'TPC_INST',
      机构代码: BANK,
      生效时间: '2023-09-01 00:00:00',
    })),
  );
  await giveConsents(college, [consent({ 授权编号: 'CS-AGAIN' })]);
  await bringAs(college, BANKER, 'cardOverdrafts', [
    statement({ 授权编号: 'CS-AGAIN', 账单日: '2026-02-25' }),
  ]);
  const finding = await found(CARD);
  await publish(finding);
  const [record] = await asOwner<{ id: string }>(
    college,
    'archive',
    'select id from conduct_record where source_id = $1',
    [finding],
  );
  const act = (person: string, name: string, args: object) =>
    mutate(college, person, { name, noun: 'Appeal', args: { ...args } });
  const filed = await act(STUDENT, 'fileAppeal', {
    kind: new EnumValue('RECORD'),
    target: record?.id,
    grounds: '已还清',
    requestedOutcome: new EnumValue('REVOKE'),
  });
  const accepted = await act('bank-b-03', 'acceptAppeal', on(filed.row));
  const revoke = { outcome: new EnumValue('REVOKE'), decisionText: '系统差错' };
  // The consent has ended, and the job that forgets what stood under it has not run yet (INV-10).
  college.clock.set('2027-02-19T00:00:01+08:00');
  const late = await act('bank-b-03', 'decideAppeal', { ...on(accepted.row), ...revoke });
  expect(late.came).toBe('NOT_FOUND');
  expect(await college.request('bank-b-03', '{ appealQueue { nodes { id } } }')).toEqual({
    data: { appealQueue: { nodes: [] } },
  });
  college.clock.set('2026-04-15T10:01:00+08:00');
  const proposed = await act('bank-b-03', 'decideAppeal', { ...on(accepted.row), ...revoke });
  expect([proposed.came, proposed.row.state]).toEqual(['OK', 'REVOKE_PROPOSED']);
  for (const person of ['bank-b-01', 'bank-b-02', 'bank-b-03'])
    expect((await act(person, 'confirmRevocation', on(proposed.row))).came).toBe('SOD_VIOLATION');
  const confirmed = await act('bank-b-04', 'confirmRevocation', on(proposed.row));
  expect([confirmed.came, confirmed.row.state]).toEqual(['OK', 'DECIDED']);
  await college.settle();
  await college.settle();

  const [after] = await records();
  expect(after).toMatchObject({ indicator_code: 'D2-02', state: 'REVOKED' });
  expect(
    await asOwner(
      college,
      'thirdparty',
      'select state, version from provider_malice_finding where id = $1',
      [finding],
    ),
  ).toEqual([{ state: 'DISMISSED', version: 2 }]);
  const revoked = await published(college, 'archive', 'revoked:thirdparty');
  expect(revoked.map(({ key, payload }) => ({ key, payload }))).toEqual([
    { key: finding, payload: { type: 'ProviderMaliceFinding' } },
  ]);
  expect(await creditOf(college, STUDENT)).toEqual({ score: 10000, grade: 'A', ledger: [] });
});
