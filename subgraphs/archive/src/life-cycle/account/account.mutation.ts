import type { Context } from '@chengxin/kit/call/context';
import type { Act } from '@chengxin/kit/change/act';
import { change, type Payload } from '@chengxin/kit/change/door';
import { Changes, RowArgs } from '@chengxin/kit/change/payload';
import { Args, Ctx, Resolver } from 'type-graphql';
import { Account } from '../account.entity.js';
import { entrySteps } from '../archive/entry-steps.loader.js';
import { afterStep } from '../archive/entry.rules.js';
import { archive } from '../archive.noun.js';
import { account } from './account.noun.js';

/** The state says it. */
const stateAlone = () => ({});

/** A student's own account is one of the steps for which his archive waits (2.4). */
async function moveArchive({ studentNo }: Account, act: Act): Promise<void> {
  if (!studentNo) return;
  const steps = await act.follow((em) => entrySteps(em, studentNo));
  if (!steps?.isOpen || !steps.isAgreed || !steps.isPromised) return;
  const step = (row: Parameters<typeof afterStep>[1]) => afterStep(steps, row, act.today);
  await act.also(archive, studentNo, step, 'archive.completeEntry');
}

/** Accounts of students and staff (G7.2b). A locked one is nobody's: its person has no grant. */
@Resolver(() => Account)
export class AccountMutation {
  @Changes('account.activate', account, 'Activate the own account.')
  activateAccount(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    return change(ctx, 'account.activate', account, args, stateAlone, moveArchive);
  }

  @Changes('account.lock', account, 'Lock an account: its person is nobody until it is unlocked.')
  lockAccount(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    return change(ctx, 'account.lock', account, args, stateAlone);
  }

  @Changes('account.unlock', account, 'Unlock an account, as another person than who locked it.')
  unlockAccount(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    return change(ctx, 'account.unlock', account, args, stateAlone);
  }
}
