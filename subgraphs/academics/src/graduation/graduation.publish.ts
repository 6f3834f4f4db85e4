/** `graduation`: who ends his studies, once a list of it is published, for the closing of archives. */
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import type { Records } from '@chengxin/kit/feed/topic';

/** The record is named by its student: he graduates once. */
export const GRADUATIONS: Records = {
  prefix: '',
  from: 'graduation',
  where: 'list_id is not null',
  id: 'student_no',
  idType: 'text',
  version: 'version',
  payload: `jsonb_build_object('graduationOn', graduation_on, 'outcome', outcome)`,
};

const PUBLISH = `
  insert into outbox (topic, key, version, at)
  select 'graduation', student_no, version, ? from graduation where list_id = ?::uuid`;

const PUBLISH_OF = `
  insert into outbox (topic, key, version, at)
  select 'graduation', student_no, version, ? from graduation
  where list_id is not null and student_no = any(?::text[])`;

/** Publish those of some students once more, under the numbers that they have now (F-07). */
export const publishGraduationsOf = (
  em: EntityManager,
  now: Date,
  studentNos: readonly string[],
): Promise<unknown> => execute(em, PUBLISH_OF, [now, studentNos]);

/** Publish all that stands on a list. */
export const publishGraduations = (
  em: EntityManager,
  now: Date,
  listId: string,
): Promise<unknown> => execute(em, PUBLISH, [now, listId]);
