import type { Context } from '@chengxin/kit/call/context';
import { connectionOf, PageArgs, type Connection } from '@chengxin/kit/read/page';
import { cell, isOpen } from '@chengxin/kit/privacy/matrix';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Reads } from '@chengxin/kit/schema/reads';
import { Arg, Args, Ctx, Query, Resolver } from 'type-graphql';
import { CommitmentMatter, CommitmentState } from '../life-cycle/commitment-matter.js';
import { Commitment } from '../life-cycle/commitment.entity.js';
import { officeOf } from '../org/own-office.js';
import { pageOfStudents } from '../student/page-of-students.js';

const CommitmentConnection = connectionOf('Commitment', () => Commitment);
const ORDER = [
  ['recordedAt', 'asc'],
  ['id', 'asc'],
] as const;

const { FULFILLED, CLEARED } = CommitmentState;

/** In lists closed conduct is shut to every office: what was cleared stands among what was kept. */
function statesShownAs(state: CommitmentState): readonly CommitmentState[] {
  if (state === CLEARED) return [];
  return state === FULFILLED ? [FULFILLED, CLEARED] : [state];
}

@Resolver(() => Commitment)
export class CommitmentQueueResolver {
  @Reads({ matter: 'Commitment.matter', state: 'Commitment.state' })
  @Privacy('COMMITMENTS')
  @Query(() => CommitmentConnection, {
    nullable: true,
    description:
      'Promises of the own office’s matters, the oldest first (Z5.2.3); an offer to somebody in none of them stands there once he has signed.',
  })
  commitmentQueue(
    @Args(() => PageArgs) args: PageArgs,
    @Arg('matter', () => CommitmentMatter, { nullable: true }) matter: CommitmentMatter | undefined,
    @Arg('state', () => CommitmentState, { nullable: true }) state: CommitmentState | undefined,
    @Ctx() ctx: Context,
  ): Promise<Connection<Commitment>> {
    const { role } = ctx.identity;
    const readsAid = isOpen(cell(role, 'LOANS_AND_AID').effect);
    const where = [
      { ownerOffice: officeOf(role) ?? '' },
      ...(readsAid ? [] : [{ matter: { $ne: CommitmentMatter.AID } }]),
      ...(matter ? [{ matter }] : []),
      ...(state ? [{ state: { $in: statesShownAs(state) } }] : []),
    ];
    const filter = { matter, state };
    const list = { name: 'commitmentQueue', entity: Commitment, where, filter, order: ORDER };
    return pageOfStudents<Commitment>(ctx, list, args);
  }
}
