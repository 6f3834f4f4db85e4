/** Two students, as a merge looks at them (F-07). */
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import type { StudentMerge } from './student-merge.entity.js';
import type { Pair } from './student-merge.rules.js';

/** What a merge is of. */
export type Numbers = Pick<StudentMerge, 'studentNo' | 'duplicateNo'>;

const openState = (of: string): string => `(
  select a.state from archive a
  where a.student_no = ${of}.student_no and a.state not in ('VOID', 'DESTROYED'))`;

const PAIR = `
  select (s.id_type, s.id_number_digest) = (d.id_type, d.id_number_digest) as "isSamePerson",
    array_remove(array[case when s.name <> d.name then 'name' end,
      case when s.sex <> d.sex then 'sex' end,
      case when s.birth_date <> d.birth_date then 'birthDate' end], null) as differing,
    ${openState('s')} as state, ${openState('d')} as "duplicateState",
    array(select merge_obstacles(d.student_no, s.student_no)) as obstacles
  from unnest(?::text[], ?::text[]) with ordinality as n (student_no, duplicate_no, at)
  join student s on s.student_no = n.student_no join student d on d.student_no = n.duplicate_no
  order by n.at`;

/** Both students of each of some merges, which are all there. */
export const pairsOf = (em: EntityManager, rows: readonly Numbers[]): Promise<Pair[]> =>
  execute<Pair>(em, PAIR, [
    rows.map(({ studentNo }) => studentNo),
    rows.map(({ duplicateNo }) => duplicateNo),
  ]);
