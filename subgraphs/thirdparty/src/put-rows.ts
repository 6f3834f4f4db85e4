/** Rows that a provider hands in, written in one statement a table, and what follows from them. */
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import { AUTOMATIC } from '@chengxin/kit/import/approval';
import type { DeliveredRows, DeliveredTable } from './delivery.rules.js';
import { takeBackUnconfirmed } from './malice.publish.js';
import { publishPunctualYears } from './punctual-year.publish.js';

/** Fields with their column and type; those that name a row under a consent stand first. */
interface Shape {
  readonly key: number;
  readonly fields: readonly (readonly [field: string, column: string, type: string])[];
}
const SHAPES: Readonly<Record<DeliveredTable, Shape>> = {
  card_overdraft: {
    key: 2,
    fields: [
      ['cardTail4', 'card_tail4', 'text'],
      ['statementOn', 'statement_on', 'date'],
      ['overdueFen', 'overdue_fen', 'integer'],
      ['overdueDays', 'overdue_days', 'integer'],
      ['settledOn', 'settled_on', 'date'],
    ],
  },
  phone_bill: {
    key: 2,
    fields: [
      ['msisdnTail4', 'msisdn_tail4', 'text'],
      ['month', 'month', 'text'],
      ['amountFen', 'amount_fen', 'integer'],
      ['paidOn', 'paid_on', 'date'],
      ['overdueDays', 'overdue_days', 'integer'],
      ['confirmed', 'confirmed', 'boolean'],
    ],
  },
  loan_performance: {
    key: 2,
    fields: [
      ['contractNoMasked', 'contract_no_masked', 'text'],
      ['month', 'month', 'text'],
      ['state', 'state', 'text'],
      ['settled', 'settled', 'boolean'],
    ],
  },
};

/** The student and the provider are those of the consent: nobody else names them (T-04). */
function statement(table: DeliveredTable): string {
  const { key, fields } = SHAPES[table];
  const columns = fields.map(([, column]) => column);
  const rest = columns.slice(key);
  const of = (alias: string) => rest.map((column) => `${alias}.${column}`).join(', ');
  return `
    with put as (
      insert into ${table} as t (student_no, consent_id, provider, recorded_by, recorded_at,
        approved_by, approved_at, ${columns.join(', ')})
      select c.student_no, c.consent_id, c.recipient_uscc, d.by, d.at, '${AUTOMATIC}', d.at,
        ${fields.map(([field]) => `r."${field}"`).join(', ')}
      from (select ?::text as consent_id, ?::text as by, ?::timestamptz as at) d
      join consent c using (consent_id)
      cross join jsonb_to_recordset(?::jsonb) as r(${fields
        .map(([field, , type]) => `"${field}" ${type}`)
        .join(', ')})
      on conflict (consent_id, ${columns.slice(0, key).join(', ')}) do update set
        ${rest.map((column) => `${column} = excluded.${column}`).join(', ')},
        version = t.version + 1, recorded_by = excluded.recorded_by,
        recorded_at = excluded.recorded_at, approved_by = excluded.approved_by,
        approved_at = excluded.approved_at
      where (${of('t')}) is distinct from (${of('excluded')})
      returning t.version
    )
    select count(*) filter (where version = 1)::int as "newRows",
      count(*) filter (where version > 1)::int as "changedRows" from put`;
}

export interface Put {
  readonly newRows: number;
  readonly changedRows: number;
}

/** Under which consent, by whom and when. */
export interface Handing {
  readonly consentId: string;
  readonly by: string;
  readonly at: Date;
}

/** Write the rows of one table; one that is there as it is stays as it is. */
export async function putRows<T extends DeliveredTable>(
  em: EntityManager,
  { consentId, by, at }: Handing,
  table: T,
  rows: DeliveredRows[T],
): Promise<Put> {
  const parameters = [consentId, by, at, JSON.stringify(rows)];
  const [put] = await execute<Put>(em, statement(table), parameters);
  return put ?? { newRows: 0, changedRows: 0 };
}

/** P-10 and findings follow from phone bills, as they do from a file. */
export async function followBills(
  em: EntityManager,
  { consentId, at }: Handing,
  bills: DeliveredRows['phone_bill'],
): Promise<void> {
  const numbers = [...new Set(bills.map(({ msisdnTail4 }) => msisdnTail4))];
  if (!numbers.length) return;
  const contracts = numbers.map((msisdnTail4) => ({ consentId, msisdnTail4 }));
  await publishPunctualYears(em, { approvedAt: at }, contracts);
  await takeBackUnconfirmed(em, { approvedAt: at }, contracts);
}
