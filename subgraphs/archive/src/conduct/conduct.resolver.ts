import type { Context } from '@chengxin/kit/call/context';
import { Evidence } from '@chengxin/kit/schema/fact';
import { Also, Privacy } from '@chengxin/kit/schema/guard';
import { shownTo } from '@chengxin/kit/privacy/verdict';
import { Ctx, FieldResolver, ID, Resolver, Root } from 'type-graphql';
import { indicatorByCode } from '../rules/indicator.loader.js';
import { Severity } from '../rules/severity.js';
import { Student } from '../student/student.entity.js';
import { ConductRecord } from './conduct-record.entity.js';
import { Polarity } from '../rules/conduct-state.js';
import {
  closedConductRecordsOf,
  conductRecordsOf,
  goodRecordsOf,
  pendingConductOf,
} from './conduct.loader.js';
import { conductSummary, dimensionOf, flagged, goodSummary } from './conduct.rules.js';
import { Finding } from './finding.entity.js';
import { GoodRecord } from './good-record.entity.js';

/**
 * Whether body, number and basis of a finding are open: of security origin they also take
 * LAW_VIOLATIONS, as the basis itself is shown (2.3).
 */
function isFindingOpen({ originGroup, studentNo }: ConductRecord, ctx: Context): boolean {
  if (originGroup !== 'LAW_VIOLATIONS') return true;
  const shown = shownTo(ctx.identity.role, 'LAW_VIOLATIONS', 'ConductRecord', 'legalBasis');
  return shown === 'VALUE' && ctx.opens('LAW_VIOLATIONS', studentNo);
}

/** Those who see a flag alone get one row for any number of records (masks.csv). */
const seesFlagAlone = ({ identity }: Context): boolean =>
  shownTo(identity.role, 'BAD_CONDUCT', 'ConductRecord', 'severity') === 'FLAG';

@Resolver(() => ConductRecord)
export class ConductRecordResolver {
  @FieldResolver(() => ID, { nullable: true, description: 'Number of the record.' })
  recordId(@Root() record: ConductRecord): string {
    return record.id;
  }

  @FieldResolver(() => Polarity, { nullable: true })
  polarity(): Polarity {
    return Polarity.BAD;
  }

  @Privacy<string>('BAD_CONDUCT', { mask: dimensionOf })
  @FieldResolver(() => String, {
    nullable: true,
    description: 'Code of the indicator, or its dimension alone.',
  })
  indicatorCode(@Root() record: ConductRecord): string {
    return record.indicatorCode;
  }

  @Privacy<Severity>('BAD_CONDUCT', { mask: flagged })
  @FieldResolver(() => Severity, { nullable: true })
  severity(@Root() record: ConductRecord): Severity {
    return record.severity;
  }

  @FieldResolver(() => Finding, { nullable: true, description: 'The finding that it rests on.' })
  finding(@Root() record: ConductRecord, @Ctx() ctx: Context): Finding {
    const { studentNo, findingBody: body, findingDocNo: docNo, findingOn: date } = record;
    return isFindingOpen(record, ctx) ? { studentNo, body, docNo, date } : { studentNo, date };
  }

  /** A reference alone: the documents stay with the office that found it. */
  @Also('SANCTION_FILES')
  @FieldResolver(() => [Evidence], { nullable: true, description: 'Documents that prove it.' })
  evidence(@Root() record: ConductRecord, @Ctx() ctx: Context): Evidence[] | null {
    return isFindingOpen(record, ctx) ? record.evidence : null;
  }

  @FieldResolver(() => String, { nullable: true, description: 'One sentence from a template.' })
  summary(@Root() record: ConductRecord): string {
    return conductSummary(record, indicatorByCode(record.indicatorCode));
  }
}

@Resolver(() => GoodRecord)
export class GoodRecordResolver {
  @FieldResolver(() => ID, { nullable: true, description: 'Number of the record.' })
  recordId(@Root() record: GoodRecord): string {
    return record.id;
  }

  @FieldResolver(() => Polarity, { nullable: true })
  polarity(): Polarity {
    return Polarity.GOOD;
  }

  @FieldResolver(() => String, { nullable: true, description: 'One sentence from a template.' })
  summary(@Root() record: GoodRecord): string {
    return goodSummary(record, indicatorByCode(record.indicatorCode));
  }
}

/** What the archive knows of a student's conduct. */
@Resolver(() => Student)
export class StudentConductResolver {
  @Privacy('GOOD_CONDUCT')
  @FieldResolver(() => [GoodRecord], {
    nullable: true,
    description: 'Good records, the latest first (G8.3).',
  })
  goodRecords(@Root() student: Student, @Ctx() ctx: Context): Promise<GoodRecord[]> {
    return goodRecordsOf(ctx).load(student.studentNo);
  }

  @Privacy('BAD_CONDUCT')
  @FieldResolver(() => [ConductRecord], {
    nullable: true,
    description: 'Bad records that count, the latest first (G8.3, G9).',
  })
  async conductRecords(@Root() student: Student, @Ctx() ctx: Context): Promise<ConductRecord[]> {
    const records = await conductRecordsOf(ctx).load(student.studentNo);
    return seesFlagAlone(ctx) ? records.slice(0, 1) : records;
  }

  @Privacy('CLOSED_CONDUCT')
  @FieldResolver(() => [ConductRecord], {
    nullable: true,
    description: 'Bad records that are over, the latest first.',
  })
  closedConductRecords(@Root() student: Student, @Ctx() ctx: Context): Promise<ConductRecord[]> {
    return closedConductRecordsOf(ctx).load(student.studentNo);
  }

  @Privacy('PENDING_CONDUCT')
  @FieldResolver(() => [ConductRecord], {
    nullable: true,
    description: 'Bad records before acceptance, the latest first.',
  })
  pendingConduct(@Root() student: Student, @Ctx() ctx: Context): Promise<ConductRecord[]> {
    return pendingConductOf(ctx).load(student.studentNo);
  }
}
