import { dayOf } from '@chengxin/kit/clock';
import { forkOf } from '@chengxin/kit/database/orm';
import { json, refusal } from '@chengxin/kit/call/http';
import type { OfficeRoute } from '@chengxin/kit/server/office-definition';
import type { OfficeParts } from '@chengxin/kit/server/office-parts';
import type { OverdueAnswer, OverdueFlag, OverdueQuestion } from '@chengxin/kit/call/overdue';
import type { Role } from '@chengxin/kit/privacy/roles';
import { Arrears } from './arrears.entity.js';
import { flagOf } from './arrears.rules.js';

const READERS: readonly Role[] = ['FIN_CLERK', 'FIN_REVIEWER'];

/** `POST /overdue`: the flag of note 14, by the categories that the same readers see here. */
export const overdueRoute = ({ orm, config }: OfficeParts): OfficeRoute => ({
  callers: ['archive'],
  async answer(body, { identity }) {
    if (!identity || !READERS.includes(identity.role)) return refusal(403, 'FORBIDDEN_FIELD');
    const { studentNos } = JSON.parse(body.toString('utf8')) as OverdueQuestion;
    const today = dayOf(config.clock.now());
    const owed = await forkOf(orm).find(
      Arrears,
      { studentNo: { $in: [...studentNos] }, dueOn: { $lt: today }, outstandingFen: { $gt: 0 } },
      { disableIdentityMap: true },
    );
    const flags: Record<string, OverdueFlag> = {};
    for (const [studentNo, bills] of Map.groupBy(owed, (bill) => bill.studentNo))
      flags[studentNo] = flagOf(bills, today);
    return json(200, { flags } satisfies OverdueAnswer);
  },
});
