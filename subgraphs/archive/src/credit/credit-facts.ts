/** What counts of students, as the records say now: what the credit is computed from (DOMAIN 4.2). */
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import { isCarried } from '../consent/carried.js';
import type { BadRecord, GoodRecordPoints } from './credit-record.js';
import type { CreditFacts } from './credit.rules.js';

/** P-07 earns its points once for so many confirmed hours (2.3). */
const HOURS_OF_A_UNIT = 20;
const BY_HOURS = 'P-07';

type Of<T> = T & { readonly studentNo: string };

const BAD = `
  select student_no as "studentNo", id as "recordId", indicator_code as "indicatorCode", severity,
    state, disputed, occurred_on::text as "occurredOn", found_on::text as "effectiveOn",
    case when bill_no is not null then jsonb_build_object('curedOn', cured_on) end as duty
  from conduct_record r
  where student_no = any(?::text[]) and state in ('ACTIVE', 'MITIGATED') and ${isCarried('r')}
  order by id`;

const GOOD = `
  select student_no as "studentNo", id as "recordId", indicator_code as "indicatorCode",
    occurred_on::text as "occurredOn", amount
  from good_record r where student_no = any(?::text[]) and state = 'APPROVED' and ${isCarried('r')}
  order by id`;

/** A record without a duty comes with a null. */
const badRecord = ({ duty, ...record }: Of<BadRecord>): Of<BadRecord> =>
  duty ? { ...record, duty } : record;

const unitsOf = (indicatorCode: string, amount: string | null): number =>
  indicatorCode === BY_HOURS ? Math.floor(Number(amount ?? 0) / HOURS_OF_A_UNIT) : 1;

/** Bad records of some students in a state that counts, with the day from which each is aged. */
export async function countingRecords(
  em: EntityManager,
  now: Date,
  studentNos: readonly string[],
): Promise<Of<BadRecord>[]> {
  return (await execute<Of<BadRecord>>(em, BAD, [studentNos, now])).map(badRecord);
}

const withoutStudent = <T>({ studentNo: _, ...record }: Of<T>): T => record as unknown as T;

/** What counts of some students, in two statements: bad and good records, in the order of their numbers. */
export async function factsOf(
  em: EntityManager,
  now: Date,
  studentNos: readonly string[],
): Promise<(studentNo: string) => CreditFacts> {
  const bad = await countingRecords(em, now, studentNos);
  const good = await execute<Of<GoodRecordPoints> & { amount: string | null }>(em, GOOD, [
    studentNos,
    now,
  ]);
  const badOf = Map.groupBy(bad, ({ studentNo }) => studentNo);
  const goodOf = Map.groupBy(good, ({ studentNo }) => studentNo);
  return (studentNo) => ({
    bad: (badOf.get(studentNo) ?? []).map((one) => withoutStudent<BadRecord>(one)),
    good: (goodOf.get(studentNo) ?? []).map(({ amount, ...record }) => ({
      ...withoutStudent<GoodRecordPoints>(record),
      units: unitsOf(record.indicatorCode, amount),
    })),
  });
}
