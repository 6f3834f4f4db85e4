/**
 * Values that are found nowhere else, in every stored column about some students that can hold one:
 * found by walking the databases, so that a new column has them too.
 */
import { OFFICES } from '@chengxin/gateway/offices';
import { dayOf } from '@chengxin/kit/clock';
import type pg from 'pg';
import type { TestCollege } from '../support/college.js';
import { asOwner, ownerOf } from '../support/sql.js';
import type { Word } from '../support/student-facts.js';

/** How a marker reads wherever it turns up; other values are known by being equal. */
export const MARKER = /cny\d+x/g;

/** A column of a row in which a value stands. */
export interface Place {
  readonly office: string;
  readonly table: string;
  readonly column: string;
  /** For conditions on its state. */
  readonly row: Readonly<Record<string, unknown>>;
}

export interface Canary {
  readonly value: string;
  readonly studentNo: string;
  readonly places: readonly Place[];
}

let made = 0;
const marker = (): string => `cny${++made}x`;
/** A marker for a text that a file brings in. */
export const markerWord: Word = () => marker();

/** Whose row it is, of tables that do not say it in `student_no`. */
const OWNED_BY: Readonly<Record<string, string>> = {
  'academics research_project': `t.members->>0`,
  'academics research_activity_record': `(select p.members->>0 from research_project p where p.project_no = t.project_no)`,
  'academics integrity_check': `(select p.members->>0 from research_project p where p.project_no = t.project_no)`,
  'academics retention_fact': `(select p.members->>0 from research_project p where p.project_no = t.project_no)`,
};

/**
 * Tables in which nothing of a student begins: what was published, read from files, or computed.
 */
const COPIES: ReadonlySet<string> = new Set([
  'roster',
  'outbox',
  'feed_cursor',
  'import_batch',
  'import_row',
  'closed_review',
  'operation_log',
  'parked_event',
  'good_record',
  'credit_snapshot',
  'credit_input',
  'past_row',
  'case_student',
  'access_event',
  'archive settlement',
  'archive bill_reminder',
  'finance excuse',
  'thirdparty consent',
]);

const isCopy = (office: string, table: string): boolean =>
  COPIES.has(table) || COPIES.has(`${office} ${table}`);

/** Columns that steer what happens to the row, and are no fact for anybody to read. */
const STEERING: ReadonlySet<string> = new Set([
  'student_no',
  'origin_group',
  'source_office',
  'source_subgraph',
  'source_typename',
  'source_id',
  'indicator_code',
  'id_number',
  'id_number_digest',
  'consent_id',
  'bill_no',
  'project_no',
  'case_no',
  'of_age_on',
  'owner_office',
  'target_office',
  'subject_office',
  'handler_office',
  'token_hash',
]);

/** Columns that the database keeps equal to another one. */
const TOGETHER: Readonly<Record<string, readonly string[]>> = {
  'law_violation act_on': ['of_age_on'],
};

/** Codes that the graph shows of other things too: of orgs, of providers, of cases. */
const SHARED: ReadonlySet<string> = new Set([
  'college',
  'class_code',
  'provider',
  'recipient_uscc',
  'bank_uscc',
  'case_id',
]);

interface Column {
  readonly table: string;
  readonly column: string;
  readonly type: string;
}
const COLUMNS = `
  select c.table_name as table, c.column_name as column, c.data_type as type
  from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
  where c.table_schema = 'public' and t.table_type = 'BASE TABLE'
  order by c.table_name, c.ordinal_position`;

interface Facts {
  readonly office: string;
  readonly table: string;
  readonly owner: string;
  readonly columns: readonly Column[];
}

/** Tables of an office in which rows of a student begin, each with its columns. */
async function factsOf(college: TestCollege, office: string): Promise<Facts[]> {
  const columns = await asOwner<Column & pg.QueryResultRow>(college, office, COLUMNS);
  const tables = Map.groupBy(columns, ({ table }) => table);
  return [...tables].flatMap(([table, own]) => {
    const has = own.some(({ column }) => column === 'student_no');
    const owner = OWNED_BY[`${office} ${table}`] ?? (has ? 't.student_no' : undefined);
    return owner && !isCopy(office, table) ? [{ office, table, owner, columns: own }] : [];
  });
}

/** A day moves as little as may be; before others of its row, where it has to stay before them. */
const DAYS_AWAY = Array.from({ length: 1200 }, (_, i) => (i % 2 ? -1 : 1) * Math.ceil(i / 2));

/** What a column could hold instead, the most distinct first. */
function candidates(type: string, now: unknown, n: number): unknown[] {
  const moved = (days: number) => {
    const day = new Date(Date.parse(String(now)) + days * 86_400_000);
    return day.toISOString().slice(0, 10);
  };
  if (type === 'text') return [marker()];
  if (type === 'integer') return [710_000 + n, 7100 + n];
  if (type === 'numeric') return [`${200 + (n % 700)}.${1 + (n % 9)}`];
  if (type === 'date') return [...DAYS_AWAY].map(moved);
  // Near what it was: a consent, a token and a case stay in force.
  if (type === 'timestamp with time zone')
    return [new Date(Date.parse(String(now)) + n * 1000).toISOString()];
  return [];
}

const asText = (value: unknown, type: string): string => {
  if (value instanceof Date) return value.toISOString();
  if (type === 'timestamp with time zone') return new Date(String(value)).toISOString();
  return String(value);
};

/** Whether a value says by itself where it comes from. */
const isDistinct = (text: string): boolean =>
  text.length >= 4 && text !== 'true' && text !== 'false';

/** Give each column of each row a value that stands nowhere else, where the database lets one. */
async function putInPlace(
  college: TestCollege,
  { office, table, owner, columns }: Facts,
  of: readonly string[],
  taken: Set<string>,
) {
  const client = await ownerOf(college, office);
  try {
    const { rows } = await client.query<{ row: Record<string, unknown> }>(
      `select to_jsonb(t) as row from ${table} t where ${owner} = any($1)`,
      [of],
    );
    for (const { row } of rows) {
      const key = columns.some(({ column }) => column === 'id') ? 'id' : columns[0]?.column;
      if (!key) continue;
      const { [key]: name } = row;
      const put = async (column: string, value: unknown) => {
        await client.query('savepoint one');
        try {
          const along = (TOGETHER[`${table} ${column}`] ?? []).map((other) => `, "${other}" = $1`);
          await client.query(
            `update ${table} set "${column}" = $1${along.join('')} where "${key}" = $2`,
            [value, name],
          );
          await client.query('release savepoint one');
          return true;
        } catch {
          await client.query('rollback to savepoint one');
          return false;
        }
      };
      await client.query('begin');
      for (const { column, type } of columns) {
        const { [column]: now } = row;
        if (STEERING.has(column) || column === key) continue;
        if (column === 'evidence') {
          const proof = [{ id: marker(), docNo: marker(), title: marker() }];
          await put(column, JSON.stringify(proof));
          continue;
        }
        if (String(now).match(MARKER) || (now === null && type !== 'text')) continue;
        for (const candidate of candidates(type, now, ++made)) {
          const text = asText(candidate, type);
          if (taken.has(text) || !(await put(column, candidate))) continue;
          taken.add(text);
          break;
        }
      }
      await client.query('commit');
    }
  } finally {
    await client.end();
  }
}

/** All texts in a value, inside JSON too. */
function textsIn(value: unknown, type: string): string[] {
  if (value === null || value === undefined) return [];
  if (typeof value === 'object') return Object.values(value).flatMap((one) => textsIn(one, type));
  return [asText(value, type)];
}

interface Owned {
  readonly studentNo: string;
  readonly row: Readonly<Record<string, unknown>>;
}

/** Rows of some students that begin here; what another office published is that one's. */
async function rowsOf(
  college: TestCollege,
  { office, table, owner }: Facts,
  of: readonly string[],
) {
  const rows = await asOwner<Owned & pg.QueryResultRow>(
    college,
    office,
    `select ${owner} as "studentNo", to_jsonb(t) as row from ${table} t where ${owner} = any($1)`,
    [of],
  );
  return rows.filter(({ row }) => (row['source_subgraph'] ?? office) === office);
}

/** Days that stand in rows of nobody in particular, or of other students: they say nothing of these. */
async function daysElsewhere(
  college: TestCollege,
  facts: readonly Facts[],
  of: readonly string[],
): Promise<Set<string>> {
  const found = new Set<string>();
  for (const { name: office } of OFFICES) {
    const columns = await asOwner<Column & pg.QueryResultRow>(college, office, COLUMNS);
    for (const { table, column, type } of columns) {
      if (type !== 'date' || isCopy(office, table)) continue;
      const own = facts.find((one) => one.office === office && one.table === table)?.owner;
      const rows = await asOwner<{ day: string }>(
        college,
        office,
        `select distinct "${column}"::text as day from ${table} t
         where "${column}" is not null and not coalesce(${own ?? "''"} = any($1), false)`,
        [of],
      );
      for (const { day } of rows) found.add(day);
    }
  }
  return found;
}

/**
 * Put canaries in place for some students, and return which there are.
 *
 * @param known  Words that everybody may read, codes above all: none of them is a canary.
 */
export async function placeCanaries(
  college: TestCollege,
  students: readonly string[],
  known: Iterable<string>,
): Promise<Canary[]> {
  const tables: Facts[] = [];
  for (const { name } of OFFICES) tables.push(...(await factsOf(college, name)));
  const valuesOf = ({ columns }: Facts, row: Owned['row']) =>
    columns.flatMap(({ column, type }) =>
      textsIn(row[column], type).map((value) => ({ column, value })),
    );
  const words = new Set(known);
  const taken = new Set<string>([...words, dayOf(college.clock.now())]);
  for (const facts of tables)
    for (const { row } of await rowsOf(college, facts, students))
      for (const { value } of valuesOf(facts, row)) taken.add(value);
  const elsewhere = await daysElsewhere(college, tables, students);
  for (const day of elsewhere) taken.add(day);
  for (const facts of tables) await putInPlace(college, facts, students, taken);

  const found = new Map<string, { value: string; studentNo: string; places: Place[] }>();
  const ambiguous = new Set<string>();
  for (const facts of tables)
    for (const { studentNo, row } of await rowsOf(college, facts, students))
      for (const { column, value } of valuesOf(facts, row)) {
        if (!isDistinct(value) || words.has(value) || elsewhere.has(value) || SHARED.has(column))
          continue;
        const canary = found.get(value) ?? { value, studentNo, places: [] };
        canary.places.push({ office: facts.office, table: facts.table, column, row });
        found.set(value, canary);
        // What stands in rows of two students says nothing of either.
        if (canary.studentNo !== studentNo) ambiguous.add(value);
      }
  return [...found.values()].filter(({ value }) => !ambiguous.has(value));
}
