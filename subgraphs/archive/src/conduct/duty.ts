import { execute, type EntityManager } from '@chengxin/kit/database/orm';

const CURE = `
  update conduct_record r set cured_on = s.settled_on, version = r.version + 1
  from settlement s
  where s.bill_no = r.bill_no and s.student_no = r.student_no and r.student_no = any(?::text[])
    and r.cured_on is distinct from s.settled_on`;

/**
 * Records of unpaid bills take the day on which, as finance published, the bill was settled (4.5).
 */
export const cureDuties = (em: EntityManager, studentNos: readonly string[]) =>
  execute(em, CURE, [studentNos]);
