import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import type { EntrySteps } from './entry.rules.js';

const STEPS = `
  select a.agreement_id is not null as "isAgreed", a.commitment_id is not null as "isPromised",
    coalesce(c.state = 'ACTIVATED', false) as "isActivated", a.state = 'PENDING_SIGNATURE' as "isOpen"
  from archive a left join account c on c.student_no = a.student_no
  where a.student_no = ? and a.state not in ('VOID', 'DESTROYED')`;

interface Steps extends EntrySteps {
  /** Whether the archive waits for them at all. */
  readonly isOpen: boolean;
}

/** What of his entry a student has done; nothing without an archive. */
export async function entrySteps(em: EntityManager, studentNo: string): Promise<Steps | undefined> {
  const [steps] = await execute<Steps>(em, STEPS, [studentNo]);
  return steps;
}
