/** Rows of the outbox that every reader has passed go after some days (DOMAIN 3.6). */
import pg from 'pg';
import type { Job } from '../server/jobs.js';
import { EPOCH, type Epoch } from './epoch.js';
import type { Topics } from './topic.js';
import { DAY_MS } from '../clock.js';

/** So long a reader may be set back, by a restore of its database, and find all that it lost. */
const KEPT_DAYS = 14;

/**
 * A row goes when no reader of its topic is before it, or unknown. With a sealed row goes its key; the
 * newest row that went is kept in mind, for readers that are set back further than that.
 */
const PRUNE = `
  with reader as (
    select * from jsonb_to_recordset($1::jsonb) as r (topic text, reader text)
  ), gone as (
    delete from outbox o where o.at < $2::timestamptz and not exists (
      select from reader k
      left join feed_reader f on f.topic = k.topic and f.reader = k.reader and f.epoch = $3::uuid
      where k.topic = o.topic and (f.reader is null or (f.xid, f.id) < (o.xid, o.id)))
    returning o.topic, o.key, o.xid, o.id
  ), destroyed as (
    delete from record_key k using gone g where k.topic = g.topic and k.key = g.key
  ), newest as (
    insert into outbox_pruned as p (topic, xid, id)
    select distinct on (topic) topic, xid, id from gone order by topic, xid desc, id desc
    on conflict (topic) do update set xid = excluded.xid, id = excluded.id
    where (p.xid, p.id) < (excluded.xid, excluded.id)
  )
  select count(*)::int as count from gone`;

const LOG = `
  insert into operation_log (at, actor, role, action, target, reason, request_id)
  values ($1, $2, 'SYSTEM', 'feed.prune', 'outbox', $3, gen_random_uuid())`;

/** An office, as far as its outbox is concerned. */
interface Publisher {
  readonly name: string;
  readonly publishes: Topics;
}

/**
 * Delete what is old and was passed, as the migration owner: the run-time role may not.
 *
 * @returns  How many rows went; none between a restore and the epoch that follows it.
 */
async function prune({ name, publishes }: Publisher, ownerUrl: string, at: Date): Promise<number> {
  const readers = Object.entries(publishes).flatMap(([topic, { readers: names }]) =>
    names.map((reader) => ({ topic, reader })),
  );
  const before = new Date(at.getTime() - KEPT_DAYS * DAY_MS);
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query('begin');
    // No epoch begins meanwhile.
    const { rows } = await client.query<Epoch>(`${EPOCH} for share`);
    const [epoch] = rows;
    const parameters = [JSON.stringify(readers), before, epoch?.epoch];
    const went = epoch?.isCurrent
      ? await client.query<{ count: number }>(PRUNE, parameters)
      : { rows: [] };
    const count = went.rows[0]?.count ?? 0;
    await client.query(LOG, [at, name, `${count} rows`]);
    await client.query('commit');
    return count;
  } finally {
    await client.end();
  }
}

/** The daily job of every office. */
export const pruneOutbox = (office: Publisher, ownerUrl: string): Job => ({
  name: 'pruneOutbox',
  cron: '40 3 * * *',
  async run({ config }, at) {
    const count = await prune(office, ownerUrl, at);
    config.log.info({ count }, 'outbox pruned');
  },
});
