/** With a consent goes the notice of what was found under it, and what its student stated (INV-10, L-09). */
import { noticesFor } from '@chengxin/archive/notice/notice.consume';
import { forkOf, type EntityManager } from '@chengxin/kit/database/orm';
import type { FeedEvent } from '@chengxin/kit/feed/outbox';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import { deliverNotices, runJob } from '../support/jobs.js';
import { mutate, on, type ChangedRow } from '../support/mutate.js';
import { published } from '../support/published.js';
import { asOwner } from '../support/sql.js';
import {
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

const STUDENT = '2024020111';
/** What the student states of the bank's finding, and of the operator's. */
const OF_BANK = '卡已还清，见银行回单';
const OF_TELECOM = '话费已缴，见营业厅收据';

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege({ at: '2026-04-15T10:00:00+08:00' });
  await giveConsents(college, [consent({}), consent(TO_TELECOM)]);
  await bringAs(college, SCHOOL, 'providers', REGISTER);
  await bringAs(college, BANKER, 'cardOverdrafts', [statement({ 账单日: '2026-02-25' })]);
  await bringAs(college, OPERATOR, 'phoneBills', [bill({})]);
});
afterAll(() => college.stop());

/** A finding that a provider proposes of its one row, with its notice delivered and answered. */
async function answeredFinding(person: string, args: object, stated: string): Promise<string> {
  const proposed = await mutate(college, person, {
    name: 'proposeProviderMalice',
    noun: 'ProviderMaliceFinding',
    args: { docNo: 'YH-2026-1', severity: 'S1', ...args },
  });
  await deliverNotices(college);
  const { data } = await college.request(STUDENT, '{ myNotices { id version subjectRef } }');
  const notices = data?.['myNotices'] as (ChangedRow & { subjectRef: string })[];
  const notice = notices.find(({ subjectRef }) => subjectRef.endsWith(proposed.row.id))!;
  const filed = await mutate(college, STUDENT, {
    name: 'fileStatement',
    noun: 'Notice',
    args: { ...on(notice), statement: stated },
    fields: 'id version',
  });
  expect(filed.came).toBe('OK');
  await college.settle();
  return notice.id;
}

const idOf = async (table: string): Promise<string> => {
  const [row] = await asOwner<{ id: string }>(college, 'thirdparty', `select id from ${table}`);
  return row?.id ?? '';
};

/** Tables of an office that hold a text, in clear. */
async function tablesWith(office: string, text: string): Promise<string[]> {
  const tables = await asOwner<{ name: string }>(
    college,
    office,
    `select table_name as name from information_schema.tables
     where table_schema = 'public' and table_type = 'BASE TABLE' order by table_name`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const sql = `select 1 from "${name}" t where to_jsonb(t)::text like '%' || $1 || '%' limit 1`;
    if ((await asOwner(college, office, sql, [text])).length) found.push(name);
  }
  return found;
}

const NOTICES = `select id, consent_id from notice where subject_subgraph = 'thirdparty' order by consent_id`;
const noticesHeld = () => asOwner(college, 'archive', NOTICES);
const standing = () =>
  asOwner(
    college,
    'thirdparty',
    `select s.subject_type, f.consent_id from notice_standing s
     left join provider_malice_finding f on f.id::text = s.subject_id`,
  );
/** Keys of lines of the log about notices. */
const keysOf = (ids: readonly string[]) =>
  asOwner(
    college,
    'archive',
    `select key from record_key where topic = 'Notice' and key = any($1) order by key`,
    [ids],
  );
const read = async () =>
  (await college.request(STUDENT, '{ myNotices { id kind statement } }')).data?.['myNotices'];

let [ofBank, ofTelecom] = ['', ''];
let request: FeedEvent | undefined;
test('before, both notices stand, each under the consent of its finding', async () => {
  const cardOverdraftId = await idOf('card_overdraft');
  ofBank = await answeredFinding('bank-b-01', { cardOverdraftId }, OF_BANK);
  const requests = await published(college, 'thirdparty', 'notice');
  request = requests.at(-1);
  const phoneBillId = await idOf('phone_bill');
  ofTelecom = await answeredFinding('telecom-t-01', { phoneBillId }, OF_TELECOM);
  expect(await noticesHeld()).toEqual([
    { id: ofBank, consent_id: 'CS-BANK' },
    { id: ofTelecom, consent_id: 'CS-TELECOM' },
  ]);
  expect(await tablesWith('archive', OF_BANK)).toEqual(['notice']);
  expect(await tablesWith('thirdparty', OF_BANK)).toEqual(['provider_malice_finding']);
  expect(await keysOf([ofBank, ofTelecom])).toHaveLength(2);
});

test('withdrawn, the notice, the statement and the keys of its log go in the same transaction', async () => {
  const { data } = await college.request(STUDENT, '{ me { student { consents { consentId } } } }');
  expect(data).toMatchObject({
    me: { student: { consents: expect.arrayContaining([{ consentId: 'CS-BANK' }]) } },
  });
  const [known] = await asOwner<{ version: number }>(
    college,
    'archive',
    `select version from consent where consent_id = 'CS-BANK'`,
  );
  const { came } = await mutate(college, STUDENT, {
    name: 'withdrawConsent',
    noun: 'Consent',
    args: { id: 'CS-BANK', expectedVersion: known?.version },
    fields: 'consentId state',
  });
  expect(came).toBe('OK');
  expect(await noticesHeld()).toEqual([{ id: ofTelecom, consent_id: 'CS-TELECOM' }]);
  expect(await tablesWith('archive', OF_BANK)).toEqual([]);
  expect(await keysOf([ofBank, ofTelecom])).toEqual([{ key: ofTelecom }]);
  expect(await read()).toMatchObject([{ id: ofTelecom, kind: 'FINDING' }]);
});

test('the log goes on to say that a statement was filed, and nothing of what stood in it', async () => {
  const query =
    '{ operationLog(first: 50, filter: { action: "statement.file" }) { nodes { reason } } }';
  const { data } = await college.request(STUDENT, query);
  expect(data?.['operationLog']).toEqual({ nodes: [{ reason: 'a reason' }, { reason: null }] });
});

test('the third-party office forgets its copy, and that there was a notice', async () => {
  await college.settle();
  expect(await tablesWith('thirdparty', OF_BANK)).toEqual([]);
  expect(await standing()).toEqual([
    { subject_type: 'ProviderMaliceFinding', consent_id: 'CS-TELECOM' },
  ]);
});

test('what is requested under a consent that has ended is not sent', async () => {
  const archive = college.started.offices.get('archive');
  if (!archive || !request) throw new Error('Nothing was requested.');
  const again = { ...request, key: 'ProviderMaliceFinding:late:FINDING' };
  const payload = {
    ...request.payload,
    id: 'late',
    studentNo: STUDENT,
    type: 'ProviderMaliceFinding',
  };
  const handle = (more: object) =>
    forkOf(archive.orm).transactional((em) =>
      noticesFor('thirdparty')(
        em as EntityManager,
        [
          {
            ...again,
            payload: { ...payload, kind: 'FINDING', groups: ['PENDING_CONDUCT'], ...more },
          },
        ],
        college.clock.now(),
      ),
    );
  await handle({ consentId: 'CS-BANK' });
  expect(await noticesHeld()).toHaveLength(1);
  await handle({ consentId: 'CS-TELECOM' });
  expect(await noticesHeld()).toHaveLength(2);
  await asOwner(college, 'archive', `delete from notice where subject_id = 'late'`);
});

test('when its end has come, the job ends the other one the same way', async () => {
  await giveConsents(college, [consent({ ...TO_TELECOM, 到期时间: '2026-04-15 11:00:00' })]);
  expect(await noticesHeld()).toEqual([{ id: ofTelecom, consent_id: 'CS-TELECOM' }]);
  college.clock.set('2026-04-15T11:00:00+08:00');
  await runJob(college, 'archive', 'expireConsents');
  expect(await noticesHeld()).toEqual([]);
  expect(await keysOf([ofTelecom])).toEqual([]);
  expect(await read()).toEqual([]);
  await runJob(college, 'thirdparty', 'eraseWithdrawn');
  expect(await tablesWith('archive', OF_TELECOM)).toEqual([]);
  expect(await tablesWith('thirdparty', OF_TELECOM)).toEqual([]);
  expect(await standing()).toEqual([]);
});
