/** What waits of requests about own data: the school is warned of those whose day has passed (L-11). */
import { mayAct } from '@chengxin/kit/action/actions';
import type { Context } from '@chengxin/kit/call/context';
import { SubjectRequestState } from '../subject-request/subject-request.entity.js';
import { subjectRequest } from '../subject-request/subject-request.noun.js';
import { HumanReviewState } from '../human-review/human-review.entity.js';
import { humanReview } from '../human-review/human-review.noun.js';
import { OwnTaskKind } from './own-task.js';
import { readable, waiting, type Waiting } from './waiting-rows.js';

async function waitingWhere(ctx: Context, kind: OwnTaskKind, more: object): Promise<Waiting> {
  const where = [
    { state: SubjectRequestState.FILED },
    more,
    ...(await readable(ctx, subjectRequest, 'subjectRequest.decide')),
  ];
  const [[first], count] = await ctx.em.findAndCount(
    subjectRequest.entity,
    { $and: where } as never,
    { limit: 1, orderBy: { dueOn: 'asc', id: 'asc' }, disableIdentityMap: true },
  );
  return waiting(kind, count, first?.dueOn);
}

/** All that wait, and apart from them those that are overdue. */
export async function subjectRequests(ctx: Context): Promise<Waiting[]> {
  if (!mayAct(ctx.identity.role, 'subjectRequest.decide')) return [];
  const { DECIDE_SUBJECT_REQUESTS, OVERDUE_SUBJECT_REQUESTS } = OwnTaskKind;
  return [
    await waitingWhere(ctx, DECIDE_SUBJECT_REQUESTS, {}),
    await waitingWhere(ctx, OVERDUE_SUBJECT_REQUESTS, { dueOn: { $lt: ctx.today } }),
  ];
}

/** Grades that a person is to look at (L-08). */
export async function humanReviews(ctx: Context): Promise<Waiting | undefined> {
  if (!mayAct(ctx.identity.role, 'humanReview.decide')) return undefined;
  const where = [
    { state: HumanReviewState.REQUESTED },
    ...(await readable(ctx, humanReview, 'humanReview.decide')),
  ];
  const [[first], count] = await ctx.em.findAndCount(humanReview.entity, { $and: where } as never, {
    limit: 1,
    orderBy: { dueOn: 'asc', id: 'asc' },
    disableIdentityMap: true,
  });
  return waiting(OwnTaskKind.DECIDE_HUMAN_REVIEWS, count, first?.dueOn);
}
