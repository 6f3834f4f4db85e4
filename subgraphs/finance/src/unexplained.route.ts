import { json, refusal } from '@chengxin/kit/call/http';
import type { UnexplainedAnswer, UnexplainedQuestion } from '@chengxin/kit/call/unexplained';
import { dayOf } from '@chengxin/kit/clock';
import { forkOf } from '@chengxin/kit/database/orm';
import { mayAct } from '@chengxin/kit/action/actions';
import type { OfficeRoute } from '@chengxin/kit/server/office-definition';
import type { OfficeParts } from '@chengxin/kit/server/office-parts';
import { Arrears, ArrearsCategory } from './arrears.entity.js';
import { categoryOf } from './arrears.rules.js';

/** `POST /unexplained`: whether malice may be found on a bill, for those who find it (T-01). */
export const unexplainedRoute = ({ orm, config }: OfficeParts): OfficeRoute => ({
  callers: ['archive'],
  async answer(body, { identity }) {
    if (!identity || !mayAct(identity.role, 'malice.find')) return refusal(403, 'FORBIDDEN_ACTION');
    const { billNo } = JSON.parse(body.toString('utf8')) as UnexplainedQuestion;
    const today = dayOf(config.clock.now());
    const bill = await forkOf(orm).findOne(Arrears, { billNo }, { disableIdentityMap: true });
    const isUnexplained =
      bill !== null &&
      bill.dueOn < today &&
      categoryOf(bill, today) === ArrearsCategory.UNEXPLAINED;
    return json(200, { isUnexplained } satisfies UnexplainedAnswer);
  },
});
