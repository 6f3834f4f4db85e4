/** What follows here for a student whose number has changed (F-07), once his rows have moved. */
import { execute } from '@chengxin/kit/database/orm';
import type { Renumbered } from '@chengxin/kit/feed/roster';
import { publishGraduationsOf } from './graduation/graduation.publish.js';
import { renumberMembers } from './research/renumber-members.js';

/**
 * Projects name their members in a list; who graduates is published under his number, and what was
 * published under the old one is gone.
 */
export const renumbered: Renumbered = async (em, numbers, at) => {
  await execute(em, renumberMembers, [JSON.stringify(numbers)]);
  await publishGraduationsOf(
    em,
    at,
    numbers.map(({ studentNo }) => studentNo),
  );
};
