import type { Context } from '@chengxin/kit/call/context';
import type { Act } from '@chengxin/kit/change/act';
import type { ManyPayload } from '@chengxin/kit/change/change-many';
import { makeMany, type Planned } from '@chengxin/kit/change/make-many';
import { ChangeArgs, ChangesMany } from '@chengxin/kit/change/payload';
import { Day } from '@chengxin/kit/schema/scalars';
import { Args, ArgsType, Ctx, Field, ID, Resolver } from 'type-graphql';
import { MATTERS } from '../access/own-matter.js';
import { lockStudents } from '../lock-order.js';
import { officeOf } from '../org/own-office.js';
import { visibleAmong } from '../student/student.loader.js';
import { CommitmentMatter } from '../life-cycle/commitment-matter.js';
import { Commitment } from '../life-cycle/commitment.entity.js';
import { commitmentOffer } from './commitment-offer.noun.js';
import { commitment } from '../life-cycle/commitment/commitment.noun.js';
import { notifyOfOffer } from './notify-commitment.js';
import { addresseesAmong, textToOffer, visibleCommitments } from './offer.loader.js';
import {
  checkOffer,
  checkText,
  isNoNumber,
  NO_NUMBER,
  NOBODY,
  obstacleTo,
  offered,
} from './offer.rules.js';

@ArgsType()
class OfferCommitmentArgs extends ChangeArgs {
  @Field(() => CommitmentMatter)
  matter!: CommitmentMatter;

  @Field(() => String, { description: 'Version of a text that the own office has published.' })
  templateVersion!: string;

  @Field(() => [ID], { description: 'Student numbers, at most 500.' })
  subjects!: string[];

  @Field(() => String, {
    nullable: true,
    description: 'What it is signed for: number of the project, exam or grant in the own office.',
  })
  businessRef?: string;

  @Field(() => Day, { description: 'Last day on which it may be signed.' })
  signBy!: string;

  @Field(() => Day, { nullable: true, description: 'Day by which it is to be kept.' })
  dueOn?: string;
}

/**
 * Decide on each number. Of who stands in a matter of the office, and of every student for an office
 * that may read them all, the office learns what stands in the way. Any other number is written down
 * as it was sent, whether it is somebody's or not, and a job goes on with it: the answer, and the work
 * that is done for it, are the same (docs/decisions/0058).
 */
async function plan(
  ctx: Context,
  args: OfferCommitmentArgs,
  act: Act,
): Promise<Planned<Commitment>[]> {
  const { role } = ctx.identity;
  const office = officeOf(role) ?? '';
  checkOffer(args, act.today);
  checkText(await act.follow((em) => textToOffer(em, args)), office, args.signBy);
  const numbers = args.subjects.filter((subject) => !isNoNumber(subject));
  const visible = await visibleAmong(ctx, numbers, ['COMMITMENTS']);
  await act.follow((em) => lockStudents(em, [...visible]));
  const addressees = await act.follow((em) => addresseesAmong(em, args, office, [...visible]));
  const isBlind = role in MATTERS;
  const offer = offered(args, office);
  const planned = args.subjects.map((id): Planned<Commitment> => {
    if (isNoNumber(id)) return { id, error: NO_NUMBER };
    const addressee = addressees.get(id);
    if (!addressee) return isBlind ? { id } : { id, error: NOBODY };
    const error = obstacleTo(addressee);
    return error ? { id, error } : { id, changes: offer(id) };
  });
  const unseen = planned.flatMap(({ id, error, changes }) => (error || changes ? [] : [id]));
  if (unseen.length) {
    const { matter, templateVersion, businessRef, signBy, dueOn } = args;
    const promise = { matter, templateVersion, businessRef, signBy, dueOn, ownerOffice: office };
    await act.alsoMake(commitmentOffer, [{ ...promise, studentNos: unseen }], 'commitment.offer');
  }
  return planned;
}

/** A promise is offered to those whom a matter of the office concerns (承诺书). Source: Z5.2.2. */
@Resolver(() => Commitment)
export class OfferMutation {
  @ChangesMany(
    'commitment.offer',
    commitment,
    'Offer a promise of an own matter to some students; each result is named by the student number.',
  )
  offerCommitment(
    @Args(() => OfferCommitmentArgs) args: OfferCommitmentArgs,
    @Ctx() ctx: Context,
  ): Promise<ManyPayload> {
    return makeMany(ctx, 'commitment.offer', commitment, args, {
      named: args.subjects,
      plan: (act) => plan(ctx, args, act),
      after: notifyOfOffer,
      visible: (ids) => visibleCommitments(ctx, ids),
    });
  }
}
