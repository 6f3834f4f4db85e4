/** What becomes of a notice is known to whoever waits for it: its office by the feed, or this one. */
import { execute } from '@chengxin/kit/database/orm';
import { keepStanding, noticeTopicOf } from '@chengxin/kit/feed/notice';
import type { Records, Topics } from '@chengxin/kit/feed/topic';
import type { After } from '@chengxin/kit/change/door';
import type { Notice } from './notice.entity.js';

const KEY = `(subject_typename || ':' || subject_id || ':' || kind)`;

/**
 * That a notice was delivered and answered; neither its text nor whose it is. What the student states
 * goes to the third-party office alone: no provider reads a notice, and none may find malice before
 * it has read the statement (T-04, L-04).
 */
const noticesOf = (office: string): Records => ({
  prefix: '',
  from: 'notice',
  where: `subject_subgraph = '${office}' and delivered_at is not null`,
  id: KEY,
  idType: 'text',
  version: 'version',
  payload: `jsonb_build_object('type', subject_typename, 'id', subject_id, 'kind', kind,
    'deliveredAt', delivered_at, 'waitsUntil', waits_until, 'statementAt', statement_at${office === 'thirdparty' ? ", 'statement', statement" : ''})`,
});

/** A topic for each office: none learns of the notices of another. */
export const noticeTopics = (offices: readonly string[]): Topics =>
  Object.fromEntries(
    offices.map((office) => [
      noticeTopicOf(office),
      { readers: [office], carries: [noticesOf(office)] },
    ]),
  );

const PUBLISH = `insert into outbox (topic, key, version, at) values (?, ?, ?, ?)`;

/** Publish how a notice stands, or keep it where its subject is the archive's own. */
export const publishStanding: After<Notice> = (notice, { follow }) =>
  follow(async (em, now) => {
    const { subjectSubgraph, subjectTypename: type, subjectId: id, kind, version } = notice;
    if (subjectSubgraph !== 'archive') {
      const key = [type, id, kind].join(':');
      await execute(em, PUBLISH, [noticeTopicOf(subjectSubgraph), key, version, now]);
      return;
    }
    const { deliveredAt, waitsUntil = null, statementAt = null } = notice;
    await keepStanding(em, [
      { version, payload: { type, id, kind, deliveredAt, waitsUntil, statementAt } },
    ]);
  });
