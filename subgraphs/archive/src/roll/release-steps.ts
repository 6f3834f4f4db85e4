/** Steps that somebody of the old college has in hand go back to the queue, which is the new one's. */
import type { Act } from '@chengxin/kit/change/act';
import { execute } from '@chengxin/kit/database/orm';
import { AppealState } from '../appeal/appeal-state.js';
import { appeal } from '../appeal/appeal.noun.js';
import { officeOf } from '../org/own-office.js';
import { RepairState } from '../procedure/repair-application.entity.js';
import { repair } from '../repair/repair.noun.js';
import { listed } from '../row-groups/row-groups.js';

const COLLEGE = officeOf('COLLEGE_ADMIN');

const APPEALS = `
  select id from appeal
  where student_no = ? and handler_no is not null and handler_office = '${COLLEGE}'
    and state in (${listed([AppealState.ACCEPTED, AppealState.INVESTIGATING])})
  order by id`;
const REPAIRS = `
  select id from repair_application
  where student_no = ? and handler_no is not null
    and state in (${listed([RepairState.COLLEGE_REVIEW])})
  order by id`;

const inNobodysHand = () => ({ handlerNo: null as unknown as string });

/** Entries in review bind nobody: whoever of the new college is there reviews them. */
export async function releaseSteps(studentNo: string, { also, follow }: Act): Promise<void> {
  const ids = async (sql: string): Promise<string[]> => {
    const rows = await follow((em) => execute<{ id: string }>(em, sql, [studentNo]));
    return rows.map(({ id }) => id);
  };
  for (const id of await ids(APPEALS)) await also(appeal, id, inNobodysHand);
  for (const id of await ids(REPAIRS)) await also(repair, id, inNobodysHand);
}
