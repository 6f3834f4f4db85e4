/** From staged rows to a table of facts, in one statement for any number of rows. */
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Columns } from '../database/columns.js';
import { snake } from '../database/snake.js';
import { execute } from '../database/orm.js';
import { overtaken } from '../database/retry.js';
import type { Applied, Approval } from './approval.js';

const quoted = (name: string): string => `"${name}"`;
const list = (names: readonly string[], write: (name: string) => string): string =>
  names.map(write).join(', ');

export interface FactTable extends Columns {
  /** Fields that name a record. */
  readonly key: readonly string[];
  /** Columns that are given and not read from the file, or that follow from what is. */
  readonly constants?: Readonly<Record<string, string>>;
  /** The same of new records alone: `state` → `'APPROVED'`. A file resets no state (F-13). */
  readonly initial?: Readonly<Record<string, string>>;
  /** Records of `t` that are closed: to whoever imports they are not there (FG14). */
  readonly closed?: string;
  /** Rows that the key names, where other rows may have the same: SQL of the partial unique index. */
  readonly among?: string;
  /** Where a stored record is found, when it is not the table itself. */
  readonly source?: string;
  /** Fields that hold fields: `detail`. What a file leaves open inside of them stays. */
  readonly merged?: readonly string[];
  /** Fields that a report names by the column that they are read from: a digest. */
  readonly readFrom?: Readonly<Record<string, string>>;
  /** Fields that are not compared to see whether a row changed (ciphertext differs each time). */
  readonly unlike?: readonly string[];
  /** The table holds facts with evidence (DOMAIN 2.1). */
  readonly hasEvidence?: boolean;
  /**
   * What followers learn of changed rows, by name: SQL over the row `c` and over what it was, `b`
   * (nulls for a new one).
   */
  readonly reports?: Readonly<Record<string, string>>;
  /** `insert into outbox … from changed`, written in the same statement; its `?` is the instant. */
  readonly event?: string;
}

/** A row that another batch wrote while this one waited for it: nothing was checked against it. */
const UNSEEN = `c.version > 1 and b.version is distinct from c.version - 1`;

const NOTHING = { count: 0, rows: [], overwritten: 0, unseen: 0 };

/** Rows of one step of a large batch. */
const STEP = 2000;
const OF_STEP = 'and r.line = any(?::int[])';

/** The reported columns of all changed rows, each combination once, as one JSON array. */
function reportOf({ reports = {} }: FactTable): string {
  const columns = Object.entries(reports).flatMap(([name, sql]) => [`'${name}'`, sql]);
  if (!columns.length) return `'[]'::jsonb`;
  return `coalesce(jsonb_agg(distinct jsonb_build_object(${columns.join(', ')})), '[]')`;
}

/**
 * The statement that applies a batch. A row that is the same stays untouched; a corrected one
 * becomes the next version. Rows are locked by key: two batches of the same rows wait for each other.
 *
 * @param which  SQL: a further condition on the staged rows `r`.
 */
function statement(facts: FactTable, which = ''): string {
  const fields = Object.keys(facts.fields);
  const constants = Object.entries(facts.constants ?? {});
  const initial = Object.entries(facts.initial ?? {});
  const actors = ['recorded_by', 'recorded_at', 'approved_by', 'approved_at'];
  if (facts.hasEvidence) actors.push('evidence');
  const given = [...fields.map(snake), ...constants.map(([column]) => column), ...actors];
  const changing = given.filter((column) => !facts.key.map(snake).includes(column));
  const columns = [...initial.map(([column]) => column), ...given];
  const unlike = new Set([...(facts.unlike ?? []).map(snake), ...actors]);
  const compared = changing.filter((column) => !unlike.has(column));
  const values = [
    ...initial.map(([, value]) => value),
    ...fields.map((field) => `v.${quoted(field)}`),
    ...constants.map(([, value]) => value),
    '?::text',
    '?::timestamptz',
    '?::text',
    '?::timestamptz',
    ...(facts.hasEvidence ? ['?::jsonb'] : []),
  ];
  const typed = Object.entries(facts.fields).map(([field, type]) => `${quoted(field)} ${type}`);
  const differs = compared.length
    ? `where (${list(compared, (c) => `t.${quoted(c)}`)}) is distinct from (${list(compared, (c) => `excluded.${quoted(c)}`)})`
    : 'where false';
  return `
    with changed as (
      insert into ${quoted(facts.table)} as t (${list(columns, quoted)})
      select ${values.join(', ')}
      from import_row r cross join lateral jsonb_to_record(r.value) as v(${typed.join(', ')})
      where r.batch_id = ?::uuid ${which}
      order by ${list(facts.key, (field) => `v.${quoted(field)}`)}
      on conflict (${list(facts.key.map(snake), quoted)})${facts.among ? ` where ${facts.among}` : ''} do update set version = t.version + 1, ${list(changing, (c) => `${quoted(c)} = excluded.${quoted(c)}`)}
      ${differs}
      returning *
    )${facts.event ? `, published as (${facts.event} returning 1)` : ''}
    select count(*)::int as count, ${reportOf(facts)} as rows,
      count(*) filter (where b.approved_at > ?::timestamptz)::int as overwritten,
      count(*) filter (where ${UNSEEN})::int as unseen
    from changed c left join ${quoted(facts.table)} b on c.version > 1
      and (${list(facts.key.map(snake), (key) => `b.${quoted(key)}`)})
        = (${list(facts.key.map(snake), (key) => `c.${quoted(key)}`)})
      ${facts.among ? 'and b.id = c.id' : ''}`;
}

interface Written extends Applied {
  readonly overwritten: number;
  readonly unseen: number;
}

/** Lines of a batch in the order in which its records are locked. */
function orderStatement({ key, fields }: FactTable): string {
  const typed = key.map((field) => `${quoted(field)} ${fields[field]}`);
  return `
    select r.line from import_row r cross join lateral jsonb_to_record(r.value) as v(${typed.join(', ')})
    where r.batch_id = ?::uuid order by ${list(key, (field) => `v.${quoted(field)}`)}`;
}

/** What several steps wrote, each reported row once. */
function together(steps: readonly Written[]): Written {
  const rows = new Map(
    steps.flatMap((step) => step.rows.map((row) => [JSON.stringify(row), row] as const)),
  );
  const sum = (of: 'count' | 'overwritten' | 'unseen') =>
    steps.reduce((all, step) => all + step[of], 0);
  const counts = { count: sum('count'), overwritten: sum('overwritten'), unseen: sum('unseen') };
  return { ...counts, rows: [...rows.values()] };
}

/**
 * How the rows of a kind are applied: in one statement, or, where somebody is told how far it has come,
 * in steps of the same transaction. It is run again when a row came between.
 */
export function factTable(facts: FactTable) {
  const whole = statement(facts);
  const step = statement(facts, OF_STEP);
  const order = orderStatement(facts);
  return async (em: EntityManager, approval: Approval): Promise<Applied> => {
    const { recordedBy, recordedAt, approvedBy, approvedAt, batchId, basisDocNo } = approval;
    const evidence = JSON.stringify([{ id: batchId, docNo: basisDocNo ?? `IMPORT-${batchId}` }]);
    const write = async (sql: string, which: readonly unknown[] = []): Promise<Written> => {
      const [row] = await execute<Written>(em, sql, [
        recordedBy,
        recordedAt,
        approvedBy,
        approvedAt,
        ...(facts.hasEvidence ? [evidence] : []),
        batchId,
        ...which,
        ...(facts.event ? [approvedAt] : []),
        recordedAt,
      ]);
      if (row?.unseen) throw overtaken();
      return row ?? NOTHING;
    };
    const { onApplied } = approval;
    const steps: Written[] = [];
    if (onApplied) {
      const lines = await execute<{ line: number }>(em, order, [batchId]);
      for (let from = 0; from < lines.length; from += STEP) {
        const some = lines.slice(from, from + STEP).map(({ line }) => line);
        steps.push(await write(step, [some]));
        onApplied(from + some.length);
      }
    } else steps.push(await write(whole));
    const { count, rows, overwritten } = together(steps);
    approval.onOverwritten(overwritten);
    return { count, rows };
  };
}
