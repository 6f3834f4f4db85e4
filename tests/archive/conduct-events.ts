/** What offices publish of conduct, and how the archive consumes it in tests. */
import { findingsOf } from '@chengxin/archive/conduct/finding.consume';
import { goodOf } from '@chengxin/archive/conduct/good.consume';
import { execute, forkOf, type EntityManager, type Orm } from '@chengxin/kit/database/orm';
import type { FeedEvent } from '@chengxin/kit/feed/outbox';
import type { TestCollege } from '../support/college.js';

const ormOf = (college: TestCollege): Orm => {
  const archive = college.started.offices.get('archive');
  if (!archive) throw new Error('There is no archive.');
  return archive.orm;
};

/** Rows of the archive's own database. */
export const rows = (college: TestCollege, sql: string, parameters: readonly unknown[] = []) =>
  execute(forkOf(ormOf(college)), sql, parameters);

/** Instant at which pages are applied. */
const AT = new Date('2026-04-15T02:00:00Z');

/** Apply a page of events as the archive's feed reader does: in one transaction. */
export const consume = (
  college: TestCollege,
  office: string,
  ...events: FeedEvent[]
): Promise<void> =>
  forkOf(ormOf(college)).transactional((em) =>
    (office === 'youthleague' ? goodOf : findingsOf)(office).handler(
      em as EntityManager,
      events,
      AT,
    ),
  );

interface Finding {
  readonly id: string;
  readonly version?: number;
  readonly [fact: string]: unknown;
}

const eventOf = (
  office: string,
  topic: string,
  typename: string,
  usual: object,
  { id, version = 1, ...facts }: Finding,
): FeedEvent => ({
  topic,
  key: `${office}:${id}`,
  version,
  payload: { ...usual, source: { subgraph: office, typename, id }, ...facts },
});

/** Academic affairs found a student cheating in an exam. */
export const cheating = (finding: Finding): FeedEvent =>
  eventOf(
    'academics',
    'finding',
    'ExamViolation',
    {
      studentNo: '2024010305',
      polarity: 'BAD',
      indicatorCode: 'D1-05',
      severity: 'S3',
      state: 'FOUND',
      occurredOn: '2025-06-24',
      foundOn: '2025-07-04',
      findingBody: '教务处',
      findingDocNo: 'JW-2025-17',
      findingOn: '2025-07-04',
    },
    finding,
  );

/** The security office holds a penalty notice for a fight. */
export const fight = (finding: Finding): FeedEvent =>
  eventOf(
    'security',
    'finding',
    'LawViolation',
    {
      studentNo: '2024010305',
      polarity: 'BAD',
      indicatorCode: 'D3-03',
      severity: 'S2',
      state: 'FOUND',
      occurredOn: '2025-10-11',
      foundOn: '2025-10-20',
      findingBody: '示范市公安局',
      findingDocNo: 'GA-2025-88',
      findingOn: '2025-10-20',
      legalBasis: '治安管理处罚法',
    },
    finding,
  );

/** The Youth League confirmed 40 hours of volunteering. */
export const volunteering = (finding: Finding): FeedEvent =>
  eventOf(
    'youthleague',
    'good',
    'VolunteerHours',
    {
      studentNo: '2024010305',
      polarity: 'GOOD',
      indicatorCode: 'P-07',
      level: 'SCHOOL',
      occurredOn: '2026-01-15',
      amount: '40.0',
      state: 'APPROVED',
    },
    finding,
  );

/** Student Affairs takes findings into the archive: until its mutation is there, by hand. */
export const accept = (college: TestCollege, ...ids: string[]) =>
  rows(
    college,
    `update conduct_record set state = 'ACTIVE', notice_delivered_at = '2025-07-05T00:00:00Z',
       approved_by = 'T0002', approved_at = '2025-07-06T00:00:00Z'
     where source_id = any(string_to_array(?, ','))`,
    [ids.join(',')],
  );
