import type { Context } from '@chengxin/kit/call/context';
import { Also, Privacy } from '@chengxin/kit/schema/guard';
import type { Shown } from '@chengxin/kit/privacy/masks';
import { Ctx, FieldResolver, ID, Resolver, Root } from 'type-graphql';
import { ConductRecord } from '../conduct/conduct-record.entity.js';
import { Student } from '../student/student.entity.js';
import { Hearing } from './hearing.entity.js';
import { SanctionState } from './sanction-state.js';
import { Sanction } from './sanction.entity.js';
import { sanctionRecordIds, sanctionsOf } from './sanction.loader.js';

/** `FLAG`: that it is in force, and nothing more (3.5 PARTY). */
const flagged = (_state: SanctionState, shown: Shown): SanctionState | null =>
  shown === 'FLAG' ? SanctionState.IN_FORCE : null;

@Resolver(() => Sanction)
export class SanctionResolver {
  @FieldResolver(() => ID, { nullable: true, description: 'Number of the sanction.' })
  sanctionId(@Root() sanction: Sanction): string {
    return sanction.id;
  }

  @Privacy<SanctionState>('SANCTION_FILES', { mask: flagged })
  @FieldResolver(() => SanctionState, { nullable: true })
  state(@Root() sanction: Sanction): SanctionState {
    return sanction.state;
  }

  @FieldResolver(() => Hearing, { nullable: true, description: 'How the student was heard.' })
  hearing(@Root() { studentNo, notifiedOn, statementOn }: Sanction): Hearing {
    return { studentNo, notifiedOn, statementOn };
  }

  @Also('BAD_CONDUCT')
  @FieldResolver(() => [ID], { nullable: true, description: 'Records that it rests on.' })
  recordIds(@Root() sanction: Sanction, @Ctx() ctx: Context): Promise<string[]> {
    return sanctionRecordIds(ctx, sanction);
  }
}

@Resolver(() => Student)
export class StudentSanctionResolver {
  @Privacy('SANCTION_FILES')
  @FieldResolver(() => [Sanction], {
    nullable: true,
    description: 'Sanctions, the latest first; of an office, those that follow its own facts.',
  })
  sanctions(@Root() student: Student, @Ctx() ctx: Context): Promise<Sanction[]> {
    return sanctionsOf(ctx).load(student.studentNo);
  }
}

@Resolver(() => ConductRecord)
export class SanctionOfRecordResolver {
  @Also('SANCTION_FILES')
  @FieldResolver(() => ID, {
    nullable: true,
    description: 'The sanction that followed and was not annulled, if the caller may know of it.',
  })
  async sanctionId(@Root() record: ConductRecord, @Ctx() ctx: Context): Promise<string | null> {
    const { studentNo, sanctionId } = record;
    const visible = await sanctionsOf(ctx).load(studentNo);
    const linked = visible.find(({ id }) => id === sanctionId);
    return linked && linked.state !== SanctionState.ANNULLED ? linked.id : null;
  }
}
