/**
 * No outbox holds what a record says, and what is destroyed is in none and in no feed (DOMAIN 3.6).
 * Every topic of every office is published by its own import or flow, with values found nowhere
 * else.
 */
import { randomUUID } from 'node:crypto';
import { loadOffices } from '@chengxin/college/office-list';
import { backupJob } from '@chengxin/kit/backup/backup.job';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accept, maliciousArrears } from '../archive/accepted.js';
import { loan } from '../archive/own-rows.js';
import { bringReferences } from '../support/callers.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { importer } from '../support/imports.js';
import { deliverNotices, runJob } from '../support/jobs.js';
import { mutate } from '../support/mutate.js';
import { published } from '../support/published.js';
import { put } from '../support/put.js';
import { asOwner } from '../support/sql.js';
import { bringFacts, TELECOM } from '../support/student-facts.js';
import { publishFinding } from '../thirdparty/findings.js';
import { STUDENTS } from './allowed.js';
import { MARKER, markerWord } from './canaries.js';
import { rollOf } from './roll.js';

const [STUDENT = ''] = STUDENTS;
/** Tables in which a feed keeps anything. */
const TABLES = [
  'outbox',
  'outbox_pruned',
  'record_key',
  'feed_reader',
  'feed_cursor',
  'feed_epoch',
  'failed_event',
  'reread',
];
/** Topics that carry no value: their events are codes and counts. */
const CODES = ['backup', 'collection', 'birthDate'];

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege();
  await college.bring('archive', 'students', rollOf(markerWord));
  await bringReferences(college);
  await bringFacts(college, STUDENTS, markerWord);
  await college.bring('archive', 'loans', [loan({ 贷款状态: '已申请' })]);
  await accept(college, maliciousArrears(STUDENT, 'BILL-1-B'));
  const finding = await confirmedFinding();
  await publishFinding(college, finding);
  await college.bring('thirdparty', 'phoneBills', PUNCTUAL, OPERATOR);
  await proposeMalice();
  await college.settle();
  await nameRevoked();
  await publishGraduations();
  await requestNotices();
  await reportBackups();
  await runJob(college, 'finance', 'remindOfBills');
  for (const [person, list] of READINGS) {
    const query = `query ${markerWord('operation', 0)} { ${list} }`;
    const { errors } = await college.request(person, query);
    if (errors) throw new Error(`${list} is refused: nothing is disclosed.`);
  }
  await college.settle();
});
afterAll(() => college.stop());

/** Each office reports that it has no backup, since no folder is named. */
async function reportBackups(): Promise<void> {
  for (const definition of await loadOffices()) {
    const office = college.started.offices.get(definition.name);
    if (office)
      await backupJob(definition, office.config.ownerUrl).run(office, college.clock.now());
  }
}

/** A proposal of finance to the archive. */
async function proposeMalice(): Promise<void> {
  const proposal = {
    id: randomUUID(),
    student_no: STUDENT,
    bill_no: 'BILL-1-A',
    due_on: '2025-10-31',
    ability_doc_no: markerWord('ability', 0),
    reason_doc_no: markerWord('reason', 0),
    severity: 'S2',
    state: 'PROPOSED',
    recorded_by: 'T0401',
    recorded_at: '2026-04-01T00:00:00Z',
  };
  await put(college, 'finance', 'malice_proposal', proposal);
  const event = {
    topic: 'maliceProposal',
    key: proposal.id,
    version: 1,
    at: '2026-04-01T00:00:00Z',
  };
  await put(college, 'finance', 'outbox', event);
}

/** The students graduate, each on a day of his own. */
async function publishGraduations(): Promise<void> {
  for (const { graduationOn } of await asOwner<{ graduationOn: string }>(
    college,
    'academics',
    `select graduation_on::text as "graduationOn" from graduation`,
  )) {
    const published = await mutate(college, 'T0302', {
      name: 'publishGraduationList',
      noun: 'GraduationList',
      args: { graduationOn },
    });
    if (published.came !== 'OK') throw new Error(`No list of ${graduationOn}: ${published.came}.`);
  }
}

/** Every office has the student notified of something, and learns that he was. */
async function requestNotices(): Promise<void> {
  for (const { name } of await loadOffices()) {
    if (name === 'archive') continue;
    await asOwner(
      college,
      name,
      `with requested as (
         insert into notice_standing (subject_type, subject_id, kind, student_no, groups)
         values ('Row', 'R-1', 'GENERAL', $1, '{NOTICES}') returning key, version
       )
       insert into outbox (topic, key, version, at)
       select 'notice', key, version, now() from requested`,
      [STUDENT],
    );
  }
  await deliverNotices(college);
}

/** What an office shows its own people, on no decision of the archive, is published too. */
const READINGS = [
  ['T0301', 'courseGrades { nodes { attempt } }'],
  ['T0401', 'bills { nodes { billNo } }'],
  ['T0501', 'lawViolations { nodes { category } }'],
  ['T0601', 'cadrePosts { nodes { level } }'],
  ['bank-b-01', 'cardOverdrafts { nodes { overdueDays } }'],
] as const;

const OPERATOR = importer('telecom-t-01', 'TPC_INST', [TELECOM]);
/** A year that was paid in time (P-10). */
const PUNCTUAL = Array.from({ length: 12 }, (_, i) => {
  const month = `2025-${String(i + 1).padStart(2, '0')}`;
  return {
    授权编号: 'CS-T-1',
    手机号后四位: '8866',
    账期: month,
    金额: '58.00',
    缴费日期: `${month}-20`,
    逾期天数: '0',
    是否确认: '是',
  };
});

/** The finding that waits, as a second person of the bank confirms it. */
async function confirmedFinding(): Promise<string> {
  const [row] = await asOwner<{ id: string }>(
    college,
    'thirdparty',
    `update provider_malice_finding set state = 'FOUND', severity = 'S2', approved_by = 'bank-b-02',
       approved_at = now(), notified_at = '2026-03-25T01:00:00Z'
     where student_no = $1 returning id`,
    [STUDENT],
  );
  if (!row) throw new Error('There is no finding.');
  return row.id;
}

/** Facts of the offices as the archive names them once they are revoked; these count: nothing is said of them. */
const nameRevoked = () =>
  asOwner(
    college,
    'archive',
    `insert into outbox (topic, key, version, at)
     select 'revoked:' || source_subgraph, source_id, version, now() from (
       select source_subgraph, source_id, version from conduct_record
       union all select source_subgraph, source_id, version from good_record) r
     where source_subgraph <> 'archive'`,
  );

/** All that stands in the tables of every office's feed, each row as one text. */
async function rowsOfFeeds(): Promise<string[]> {
  const texts: string[] = [];
  for (const { name } of await loadOffices())
    for (const table of TABLES) {
      const rows = await asOwner<{ row: string }>(
        college,
        name,
        `select to_jsonb(t)::text as row from ${table} t`,
      );
      texts.push(...rows.map(({ row }) => `${name}.${table}: ${row}`));
    }
  return texts;
}

/** All that every office's feed gives, by office and topic. */
async function feeds(): Promise<Map<string, string[]>> {
  const given = new Map<string, string[]>();
  for (const { name, publishes } of await loadOffices())
    for (const topic of Object.keys(publishes)) {
      const events = await published(college, name, topic);
      given.set(
        `${name} ${topic}`,
        events.map((event) => JSON.stringify(event)),
      );
    }
  return given;
}
const marked = (texts: readonly string[]): string[] => texts.filter((text) => text.match(MARKER));
const isCodes = (feed: string): boolean => CODES.some((topic) => feed.endsWith(` ${topic}`));

/** Feeds whose values are days, numbers and answers; a file can put no text of its own into them. */
const WITHOUT_TEXT = [
  'academics backup',
  'academics collection',
  'academics graduation',
  'academics notice',
  'archive birthDate',
  'archive consent',
  'archive excuse',
  'archive malice',
  'archive notice:academics',
  'archive notice:finance',
  'archive notice:security',
  'archive notice:thirdparty',
  'archive notice:youthleague',
  'archive revoked:academics',
  'archive revoked:finance',
  'archive revoked:security',
  'archive revoked:thirdparty',
  'archive revoked:youthleague',
  'finance backup',
  'finance billReminder',
  'finance collection',
  'finance notice',
  'finance settlement',
  'security backup',
  'security collection',
  'security notice',
  'thirdparty backup',
  'thirdparty collection',
  'thirdparty good',
  'thirdparty notice',
  'youthleague backup',
  'youthleague collection',
  'youthleague good',
  'youthleague notice',
];

test('values of the records leave over the feed and lie in no outbox, in whatever column', async () => {
  const given = await feeds();
  const empty = [...given].filter(([, events]) => events.length === 0);
  expect(empty).toEqual([]);
  const unmarked = [...given].filter(([, events]) => marked(events).length === 0);
  expect(unmarked.map(([feed]) => feed).toSorted()).toEqual(WITHOUT_TEXT);
  expect(marked(await rowsOfFeeds())).toEqual([]);
});

test('an event names a record and its version; it carries nothing, but for what is sealed', async () => {
  const carrying: unknown[] = [];
  for (const { name } of await loadOffices())
    carrying.push(
      ...(await asOwner(
        college,
        name,
        `select topic, key from outbox where topic not in ('backup', 'collection')
           and (payload <> '{}' or (topic = 'access') <> (sealed is not null))`,
      )),
    );
  expect(carrying).toEqual([]);
});

/** Records of each office that are published, and how they are destroyed. */
const DESTROY: readonly (readonly [office: string, sql: string])[] = [
  ['academics', 'delete from exam_violation'],
  ['academics', 'delete from graduation'],
  ['security', 'delete from law_violation'],
  ['youthleague', 'delete from cadre_post'],
  ['youthleague', 'delete from practice_record'],
  ['youthleague', 'delete from volunteer_hours'],
  ['finance', 'delete from settlement'],
  ['finance', 'delete from bill_reminder'],
  ['finance', 'delete from malice_proposal'],
  ['academics', 'delete from notice_standing'],
  ['finance', 'delete from notice_standing'],
  ['security', 'delete from notice_standing'],
  ['thirdparty', 'delete from notice_standing'],
  ['youthleague', 'delete from notice_standing'],
  ['thirdparty', 'delete from provider_malice_finding'],
  ['thirdparty', 'delete from punctual_year'],
];
const OF_ARCHIVE = ['truncate student, consent, excuse_told, malice_told, notice cascade'];

/** As an office publishes what it destroys: the next version of each record. */
const PUBLISH = `
  insert into outbox (topic, key, version, at)
  select topic, key, max(version) + 1, now() from outbox
  where topic not in ('access', 'backup', 'collection', 'birthDate') group by topic, key`;

const count = async (office: string, table: string): Promise<number> => {
  const [row] = await asOwner<{ count: number }>(
    college,
    office,
    `select count(*)::int as count from ${table}`,
  );
  return row?.count ?? -1;
};
const statesOf = (table: string) =>
  asOwner(
    college,
    'archive',
    `select source_subgraph as office, state, count(*)::int as count from ${table}
     where source_subgraph <> 'archive' group by 1, 2 order by 1, 2`,
  );

test('what an office has destroyed is taken back in the archive, without its documents', async () => {
  const found = (office: string, state: string, records: number) => ({
    office,
    state,
    count: records,
  });
  expect(await statesOf('conduct_record')).toEqual([
    found('academics', 'FOUND', 3),
    found('finance', 'NOTIFIED', 1),
    found('security', 'FOUND', 3),
    found('thirdparty', 'ACTIVE', 1),
  ]);
  expect(await statesOf('good_record')).toEqual([
    found('thirdparty', 'APPROVED', 1),
    found('youthleague', 'APPROVED', 9),
  ]);
  expect(await count('archive', 'settlement')).toBe(3);
  expect(await count('archive', 'bill_reminder')).toBe(2);
  expect(await count('archive', 'graduation')).toBe(3);

  for (const [office, sql] of DESTROY) await asOwner(college, office, sql);
  for (const office of new Set(DESTROY.map(([name]) => name)))
    await asOwner(college, office, PUBLISH);
  await college.settle();

  expect(await statesOf('conduct_record')).toEqual([
    found('academics', 'REVOKED', 3),
    found('finance', 'DISMISSED', 1),
    found('security', 'REVOKED', 3),
    found('thirdparty', 'REVOKED', 1),
  ]);
  expect(await statesOf('good_record')).toEqual([
    found('thirdparty', 'REVOKED', 1),
    found('youthleague', 'REVOKED', 9),
  ]);
  expect(await count('archive', 'settlement')).toBe(0);
  expect(await count('archive', 'bill_reminder')).toBe(0);
  expect(await count('archive', 'graduation')).toBe(0);
  expect(await count('archive', 'failed_event')).toBe(0);
  expect(
    await asOwner(college, 'archive', `select source, topic, key, reason from parked_event`),
  ).toEqual([]);
});

const COPIES = [
  ['academics', 'roster'],
  ['finance', 'roster'],
  ['security', 'roster'],
  ['youthleague', 'roster'],
  ['thirdparty', 'consent'],
  ['thirdparty', 'card_overdraft'],
  ['finance', 'excuse'],
  ['finance', 'malice'],
] as const;

/** Which of these tables hold nothing. */
async function emptyCopies(): Promise<(typeof COPIES)[number][]> {
  const counts = await Promise.all(COPIES.map(([office, table]) => count(office, table)));
  return COPIES.filter((_, i) => counts[i] === 0);
}

test('what the archive has destroyed is forgotten by the offices', async () => {
  expect(await emptyCopies()).toEqual([]);

  for (const sql of OF_ARCHIVE) await asOwner(college, 'archive', sql);
  await asOwner(college, 'archive', PUBLISH);
  await college.settle();

  expect(await emptyCopies()).toEqual(COPIES);
});

test('of what is destroyed no outbox and no feed says anything but that it is gone', async () => {
  for (const { name } of await loadOffices())
    await asOwner(college, name, 'delete from record_key');

  const given = [...(await feeds())].filter(([feed]) => !isCodes(feed));
  const said = given.flatMap(([, events]) => events);
  expect(said.filter((event) => !event.endsWith('"payload":{},"gone":true}'))).toEqual([]);
  expect(marked([...(await feeds()).values()].flat())).toEqual([]);
  expect(marked(await rowsOfFeeds())).toEqual([]);
});
