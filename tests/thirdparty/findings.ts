/** Findings of providers as two of their people made them, put down by hand. */
import { forkOf, type EntityManager } from '@chengxin/kit/database/orm';
import { publishMalice } from '@chengxin/thirdparty/malice.publish';
import type { TestCollege } from '../support/college.js';
import { asOwner } from '../support/sql.js';

export interface Finding {
  /** Table of the row that it is about. */
  readonly of: 'card_overdraft' | 'phone_bill';
  readonly severity: string;
  readonly state?: string;
  /** Month of the phone bill. */
  readonly month?: string;
}
export const CARD: Finding = { of: 'card_overdraft', severity: 'S2' };
export const PHONE: Finding = { of: 'phone_bill', severity: 'S1', month: '2026-02' };

/** Put a finding of 2 March 2026 down, with notice and statement of the days before. */
export async function find(
  college: TestCollege,
  { of, severity, state = 'FOUND', month }: Finding,
): Promise<string> {
  const [made] = await asOwner<{ id: string }>(
    college,
    'thirdparty',
    `insert into provider_malice_finding (student_no, consent_id, provider, ${of}_id, doc_no,
       finding_on, severity, notified_at, student_statement, recorded_by, recorded_at, approved_by,
       approved_at, state)
     select student_no, consent_id, provider, id, 'YH-2026-1', '2026-03-02', $1, '2026-02-27T01:00:00Z', '已还清',
       'bank-b-01', now(), 'bank-b-02', now(), $2
     from ${of} r where $3::text is null or to_jsonb(r)->>'month' = $3
     returning id`,
    [severity, state, month ?? null],
  );
  if (!made) throw new Error('There is no such row.');
  return made.id;
}

/** Publish a finding in a transaction of the office's own, and let the archive consume it. */
export async function publishFinding(college: TestCollege, id: string): Promise<void> {
  const thirdparty = college.started.offices.get('thirdparty');
  if (!thirdparty) throw new Error('There is no third-party office.');
  await forkOf(thirdparty.orm).transactional((em) =>
    publishMalice(em as EntityManager, college.clock.now(), id),
  );
  await college.settle();
}
