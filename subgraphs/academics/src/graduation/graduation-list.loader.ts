/** What stands on a graduation list: locked and published in statements that do not grow with it. */
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import type { Graduation } from './graduation.entity.js';

/** Approved lines of a day that are on no list; whoever publishes at the same time waits here. */
const LOCK = `
  select id, student_no as "studentNo", version, recorded_by as "recordedBy",
    graduation_on::text as "graduationOn", outcome
  from graduation where graduation_on = ?::date and list_id is null and outcome <> 'POSTPONED'
  order by student_no for no key update`;

/** A line that a list may be made of. */
export type Listable = Pick<
  Graduation,
  'id' | 'studentNo' | 'version' | 'recordedBy' | 'graduationOn' | 'outcome'
>;

export const lockListable = (em: EntityManager, graduationOn: string): Promise<Listable[]> =>
  execute<Listable>(em, LOCK, [graduationOn]);
