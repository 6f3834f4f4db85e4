import type { Context } from '@chengxin/kit/call/context';
import { Evidence } from '@chengxin/kit/schema/fact';
import { Also, Privacy } from '@chengxin/kit/schema/guard';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Student } from '../student/student.entity.js';
import { AidRecord, HardshipLevel } from './aid-record.entity.js';
import { aidRecordsOf, hardshipsOf, isInRound } from './aid-record.loader.js';
import { Hardship } from './hardship.js';

@Resolver(() => AidRecord)
export class AidRecordResolver {
  @Also('HARDSHIP')
  @FieldResolver(() => HardshipLevel, { nullable: true, description: 'Level of hardship found.' })
  hardshipLevel(@Root() record: AidRecord, @Ctx() ctx: Context): HardshipLevel | null {
    return isInRound(ctx, record) ? (record.hardshipLevel ?? null) : null;
  }

  @Also('HARDSHIP')
  @FieldResolver(() => [String], { nullable: true, description: 'What the level rests on.' })
  factors(@Root() record: AidRecord, @Ctx() ctx: Context): string[] | null {
    return isInRound(ctx, record) ? record.factors : null;
  }

  @Also('HARDSHIP')
  @FieldResolver(() => [Evidence], { nullable: true, description: 'Documents that prove it.' })
  evidence(@Root() record: AidRecord, @Ctx() ctx: Context): Evidence[] | null {
    return isInRound(ctx, record) ? record.evidence : null;
  }
}

/** What a student was granted, and why. */
@Resolver(() => Student)
export class StudentAidResolver {
  @Privacy('LOANS_AND_AID')
  @FieldResolver(() => [AidRecord], {
    nullable: true,
    description: 'Grants, waivers, scholarships and findings of hardship, the latest first (G8.3).',
  })
  aidRecords(@Root() student: Student, @Ctx() ctx: Context): Promise<AidRecord[]> {
    return aidRecordsOf(ctx).load(student.studentNo);
  }

  @Privacy('HARDSHIP')
  @FieldResolver(() => Hardship, {
    nullable: true,
    description: 'Hardship as last found; for the school inside an aid round alone (F-04).',
  })
  async hardship(@Root() student: Student, @Ctx() ctx: Context): Promise<Hardship | null> {
    const [latest] = await hardshipsOf(ctx).load(student.studentNo);
    if (!latest) return null;
    const { studentNo, academicYear, hardshipLevel: level, factors, decidedOn } = latest;
    return { studentNo, academicYear, level, factors, decidedOn };
  }
}
