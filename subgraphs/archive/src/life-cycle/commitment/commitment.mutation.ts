import type { Context } from '@chengxin/kit/call/context';
import type { Act } from '@chengxin/kit/change/act';
import { change, type Payload } from '@chengxin/kit/change/door';
import { ChangeErrorCode, changeFault } from '@chengxin/kit/change/errors';
import { Changes, RowArgs } from '@chengxin/kit/change/payload';
import { execute } from '@chengxin/kit/database/orm';
import { Args, Ctx, Resolver } from 'type-graphql';
import { entrySteps } from '../archive/entry-steps.loader.js';
import { afterStep } from '../archive/entry.rules.js';
import { archive } from '../archive.noun.js';
import { CommitmentMatter } from '../commitment-matter.js';
import type { CommitmentTemplate } from '../commitment-template.entity.js';
import { Commitment } from '../commitment.entity.js';
import { signed, stateAlone } from './commitment-change.rules.js';
import { commitment } from './commitment.noun.js';

const TEXT = `
  select clauses, consequences from commitment_template where matter = ? and template_version = ?`;

/** @throws STATE_CONFLICT for a promise whose text is gone. */
async function textOf({ matter, templateVersion }: Commitment, { follow }: Act) {
  const [text] = await follow((em) =>
    execute<CommitmentTemplate>(em, TEXT, [matter, templateVersion]),
  );
  if (!text) throw changeFault(ChangeErrorCode.STATE_CONFLICT);
  return text;
}

/** The entry promise is one of the steps for which an archive waits (2.4). */
async function moveArchive({ id, matter, studentNo }: Commitment, act: Act): Promise<void> {
  if (matter !== CommitmentMatter.ENTRY) return;
  const steps = await act.follow((em) => entrySteps(em, studentNo));
  if (!steps?.isOpen) throw changeFault(ChangeErrorCode.STATE_CONFLICT);
  const done = { ...steps, isPromised: true };
  const step = (row: Parameters<typeof afterStep>[1]) => ({
    ...afterStep(done, row, act.today),
    commitmentId: id,
  });
  await act.also(archive, studentNo, step, 'archive.completeEntry');
}

/** A promise in one matter (承诺书). Source: G8.1, Z5.2.2. */
@Resolver(() => Commitment)
export class CommitmentMutation {
  @Changes('commitment.sign', commitment, 'Sign a promise that is offered to oneself (承诺书).')
  signCommitment(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    const step = async (row: Commitment, act: Act) => signed(await textOf(row, act))(row, act);
    return change(ctx, 'commitment.sign', commitment, args, step, moveArchive);
  }

  @Changes('commitment.decline', commitment, 'Decline a promise that is offered to oneself.')
  declineCommitment(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    return change(ctx, 'commitment.decline', commitment, args, stateAlone);
  }
}
