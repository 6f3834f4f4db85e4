import type { Context } from '@chengxin/kit/call/context';
import { change, type Payload } from '@chengxin/kit/change/door';
import { open } from '@chengxin/kit/change/make-row';
import { ChangeArgs, Changes, RowArgs } from '@chengxin/kit/change/payload';
import { Args, ArgsType, Ctx, Field, ID, Resolver } from 'type-graphql';
import { conductRecord } from '../conduct/conduct-record.noun.js';
import { matterOfficeOf } from '../org/own-office.js';
import {
  requireActive,
  requireGrounds,
  requireListed,
  requireVisible,
  restOn,
} from './basis.loader.js';
import { Measure } from '../supervision/measure.entity.js';
import { measure } from '../supervision/measure.noun.js';
import { notifyMeasure } from './notify-supervision.js';

@ArgsType()
class ProposeMeasureArgs extends ChangeArgs {
  @Field(() => [ID], { description: 'Active, undisputed records of one student; never a score.' })
  recordIds!: string[];

  @Field(() => ID, { description: 'Code of the measure list (L-16).' })
  measureListItem!: string;
}

/** What follows from records, from the list alone (监管措施). Source: Z2.2, L-15 … L-17, 2.4. */
@Resolver(() => Measure)
export class MeasureMutation {
  @Changes('measure.propose', measure, 'Propose a measure of the list on records that count.')
  proposeMeasure(
    @Args(() => ProposeMeasureArgs) args: ProposeMeasureArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    const ids = [...new Set(args.recordIds)];
    const [id = '', ...others] = ids;
    const { measureListItem } = args;
    return open(
      ctx,
      'measure.propose',
      measure,
      { noun: conductRecord, id },
      args,
      async ({ studentNo }, act) => {
        await requireVisible(ctx, others);
        await requireActive(studentNo, ids, act);
        await requireListed('measureListItem', [measureListItem], act);
        const sourceOffice = matterOfficeOf(act.by.role) ?? '';
        return { measureListItem, sourceOffice, evidence: [] };
      },
      (row, { follow }) => follow((em) => restOn(em, 'measure', row, ids)),
    );
  }

  @Changes('measure.check', measure, 'Confirm that law and list carry it, and notify the student.')
  checkMeasure(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    const checked = async ({ id }: Measure, act: Parameters<typeof requireGrounds>[2]) => {
      await requireGrounds('measure', id, act);
      return {};
    };
    return change(ctx, 'measure.check', measure, args, checked, notifyMeasure);
  }

  @Changes('measure.enforce', measure, 'Put a measure in force, once the student was heard.')
  enforceMeasure(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    return change(ctx, 'measure.enforce', measure, args, async ({ id }, act) => {
      await requireGrounds('measure', id, act);
      const { by, now, today } = act;
      return { from: today, approvedBy: by.subject, approvedAt: now };
    });
  }

  @Changes('measure.end', measure, 'End a measure.')
  endMeasure(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    return change(ctx, 'measure.end', measure, args, () => ({}));
  }
}
