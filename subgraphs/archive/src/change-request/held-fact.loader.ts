import type { Act } from '@chengxin/kit/change/act';
import { invalid } from '@chengxin/kit/change/errors';
import { execute } from '@chengxin/kit/database/orm';
import { ChangeTarget } from './change-target.js';

const HELD = `
  select 1 from conduct_record
  where student_no = ? and source_subgraph = 'security' and source_id = ?
    and state in ('ACTIVE', 'MITIGATED')`;

/**
 * Of a security fact a change is requested while its record counts: whether one without a record was
 * sealed, the archive does not know (T-03).
 *
 * @throws VALIDATION, alike for one that is sealed and one that is not there.
 */
export async function requireHeld(
  {
    targetKind,
    targetId,
    studentNo,
  }: Readonly<Record<'targetId' | 'studentNo', string>> & {
    readonly targetKind: ChangeTarget;
  },
  { follow }: Act,
): Promise<void> {
  if (targetKind !== ChangeTarget.LAW_VIOLATION) return;
  const [held] = await follow((em) => execute(em, HELD, [studentNo, targetId]));
  if (!held) throw invalid('targetId', '档案中没有此事实的有效记录。 No record of it counts here.');
}
