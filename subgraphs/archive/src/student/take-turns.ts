import { execute, type EntityManager } from '@chengxin/kit/database/orm';

const LOCK = `
  select 1 from student where student_no = any(?::text[]) order by student_no for no key update`;

/** Whoever writes about one student side by side takes turns, to the end of the transaction. */
export const takeTurns = (em: EntityManager, studentNos: readonly string[]) =>
  execute(em, LOCK, [studentNos]);
