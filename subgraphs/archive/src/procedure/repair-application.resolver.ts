import type { Context } from '@chengxin/kit/call/context';
import { Also, Privacy } from '@chengxin/kit/schema/guard';
import { Ctx, FieldResolver, ID, Resolver, Root } from 'type-graphql';
import { goodRecordsOf } from '../conduct/conduct.loader.js';
import { Student } from '../student/student.entity.js';
import { RepairApplication } from './repair-application.entity.js';
import { repairRecordIds, repairsOf } from './repair-application.loader.js';
import { RepairPerformance } from './repair-performance.entity.js';

@Resolver(() => RepairApplication)
export class RepairApplicationResolver {
  @Also('BAD_CONDUCT')
  @FieldResolver(() => [ID], { nullable: true, description: 'Records that are to be repaired.' })
  recordIds(@Root() repair: RepairApplication, @Ctx() ctx: Context): Promise<string[]> {
    return repairRecordIds(ctx, repair);
  }

  @FieldResolver(() => RepairPerformance, { nullable: true })
  performance(@Root() repair: RepairApplication): RepairPerformance {
    const { studentNo, gpaDelta, countingHours: volunteerHours, ...of } = repair;
    const { goodRecordIds, noNewBadSince } = of;
    return { studentNo, gpaDelta, volunteerHours, goodRecordIds, noNewBadSince };
  }
}

@Resolver(() => RepairPerformance)
export class RepairPerformanceResolver {
  @Privacy(['REPAIRS', 'GOOD_CONDUCT'])
  @FieldResolver(() => [ID], {
    nullable: true,
    description: 'Good records, those that the caller sees.',
  })
  async goodRecords(@Root() performance: RepairPerformance, @Ctx() ctx: Context) {
    const visible = await goodRecordsOf(ctx).load(performance.studentNo);
    const visibleIds = new Set(visible.map(({ id }) => id));
    return performance.goodRecordIds.filter((id) => visibleIds.has(id));
  }
}

@Resolver(() => Student)
export class StudentRepairResolver {
  @Privacy('REPAIRS')
  @FieldResolver(() => [RepairApplication], {
    nullable: true,
    description: 'Repair applications, the latest first (G15).',
  })
  repairs(@Root() student: Student, @Ctx() ctx: Context): Promise<RepairApplication[]> {
    return repairsOf(ctx).load(student.studentNo);
  }
}
