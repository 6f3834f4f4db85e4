import type { Context } from '@chengxin/kit/call/context';
import { change, type Payload } from '@chengxin/kit/change/door';
import { save } from '@chengxin/kit/change/make-row';
import { Changes, RowArgs, SaveArgs } from '@chengxin/kit/change/payload';
import { Args, ArgsType, Ctx, Field, ID, Resolver } from 'type-graphql';
import { archive } from '../archive.noun.js';
import { GraduationRemark } from '../graduation-remark.entity.js';
import { approved, rewritten, signed, written } from './remark-change.rules.js';
import { remark } from './remark.noun.js';

@ArgsType()
class WriteRemarkArgs extends SaveArgs {
  @Field(() => ID, { description: 'Student whom it is about.' })
  studentNo!: string;

  @Field(() => String, { description: 'At most 800 characters.' })
  text!: string;
}

/** The remark at graduation (毕业评语), in three hands. Source: G8.3. */
@Resolver(() => GraduationRemark)
export class RemarkMutation {
  @Changes(
    'remark.write',
    remark,
    'Write the remark of a student of an own class, or write it anew.',
  )
  writeRemark(
    @Args(() => WriteRemarkArgs) args: WriteRemarkArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    const { studentNo, text } = args;
    const on = { noun: archive, id: studentNo };
    const steps = { made: written(text), changed: rewritten(studentNo, text) };
    return save(ctx, 'remark.write', remark, on, args, steps);
  }

  @Changes('remark.approve', remark, 'Approve a remark for the college.')
  approveRemark(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    return change(ctx, 'remark.approve', remark, args, approved);
  }

  @Changes('remark.sign', remark, 'Sign a remark for the school, which issues it.')
  signRemark(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    return change(ctx, 'remark.sign', remark, args, signed);
  }
}
