import type { Context } from '@chengxin/kit/call/context';
import { Also, Privacy } from '@chengxin/kit/schema/guard';
import { Ctx, FieldResolver, ID, Resolver, Root } from 'type-graphql';
import { recordIdsOf } from '../linked-records.loader.js';
import { Student } from '../student/student.entity.js';
import { KeyAttention } from './key-attention.entity.js';
import { Measure } from './measure.entity.js';
import { Supervision } from './supervision.entity.js';
import { keyAttentionsOf, measuresOf, supervisionsOf, warningsOf } from './supervision.loader.js';
import { WarningTrigger } from './warning-trigger.entity.js';
import { Warning } from './warning.entity.js';

const ATTENTION_RECORDS = {
  table: 'key_attention_record',
  owner: 'key_attention_id',
  record: 'record_id',
};
const MEASURE_RECORDS = { table: 'measure_record', owner: 'measure_id', record: 'record_id' };

@Resolver(() => Warning)
export class WarningResolver {
  @FieldResolver(() => WarningTrigger, { nullable: true, description: 'What raised it.' })
  trigger(@Root() warning: Warning): WarningTrigger {
    const { studentNo, triggerRule: rule, triggerGroups, triggerValues, commitmentId } = warning;
    // By the key the job knows that it has warned of this before.
    const { key: _, ...values } = triggerValues as { readonly key?: string };
    const [group] = triggerGroups;
    return { studentNo, rule, group, commitmentId, values: JSON.stringify(values) };
  }
}

@Resolver(() => KeyAttention)
export class KeyAttentionResolver {
  @Also('BAD_CONDUCT')
  @FieldResolver(() => [ID], { nullable: true, description: 'Records that it rests on.' })
  basisRecordIds(@Root() attention: KeyAttention, @Ctx() ctx: Context): Promise<string[]> {
    return recordIdsOf(ctx, ATTENTION_RECORDS, attention);
  }
}

@Resolver(() => Measure)
export class MeasureResolver {
  @Also('BAD_CONDUCT')
  @FieldResolver(() => [ID], { nullable: true, description: 'Records that it rests on.' })
  basisRecordIds(@Root() measure: Measure, @Ctx() ctx: Context): Promise<string[]> {
    return recordIdsOf(ctx, MEASURE_RECORDS, measure);
  }
}

/** What follows for a student from records and scores. */
@Resolver(() => Student)
export class StudentSupervisionResolver {
  @Privacy('SUPERVISION')
  @FieldResolver(() => [Warning], {
    nullable: true,
    description: 'Early warnings, the latest first (4.7).',
  })
  warnings(@Root() student: Student, @Ctx() ctx: Context): Promise<Warning[]> {
    return warningsOf(ctx).load(student.studentNo);
  }

  @Privacy('SUPERVISION')
  @FieldResolver(() => KeyAttention, { nullable: true, description: 'The latest key attention.' })
  async keyAttention(
    @Root() student: Student,
    @Ctx() ctx: Context,
  ): Promise<KeyAttention | undefined> {
    const [latest] = await keyAttentionsOf(ctx).load(student.studentNo);
    return latest;
  }

  @Privacy('SUPERVISION')
  @FieldResolver(() => Supervision, { nullable: true, description: 'The level of today (4.6).' })
  async supervision(
    @Root() student: Student,
    @Ctx() ctx: Context,
  ): Promise<Supervision | undefined> {
    const [latest] = await supervisionsOf(ctx).load(student.studentNo);
    return latest;
  }

  @Privacy('SUPERVISION')
  @FieldResolver(() => [Measure], { nullable: true, description: 'Measures, the latest first.' })
  measures(@Root() student: Student, @Ctx() ctx: Context): Promise<Measure[]> {
    return measuresOf(ctx).load(student.studentNo);
  }
}
