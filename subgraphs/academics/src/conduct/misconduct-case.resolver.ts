import { orderedOwnList } from '@chengxin/kit/read/own-list';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Reads } from '@chengxin/kit/schema/reads';
import type { Shown } from '@chengxin/kit/privacy/masks';
import { BY_STUDENT, RosterFilter } from '@chengxin/kit/read/roster';
import { Field, FieldResolver, InputType, Resolver, Root } from 'type-graphql';
import { Student } from '../student.stub.js';
import { AcademicDecision, decisionOf } from './academic-decision.js';
import { MisconductCase, MisconductStage } from './misconduct-case.entity.js';
import { misconductRows } from './misconduct-case.loader.js';

@InputType()
class MisconductCaseFilter {
  @Field(() => RosterFilter, { nullable: true })
  student?: RosterFilter;

  @Reads('MisconductCase.stage')
  @Field(() => MisconductStage, { nullable: true })
  stage?: MisconductStage;
}

export const MisconductCaseList = orderedOwnList({
  name: 'misconductCases',
  noun: 'MisconductCase',
  entity: MisconductCase,
  group: 'ACADEMIC_MISCONDUCT',
  description: 'Cases of academic misconduct, for academic affairs alone (Z5.4.4).',
  filter: MisconductCaseFilter,
  equal: ['stage'],
  rows: misconductRows,
  orderDescription:
    'Order of a list of misconduct cases: the latest first, or by class and student.',
  orders: {
    DAY: [
      ['reportedOn', 'desc'],
      ['id', 'asc'],
    ],
    STUDENT: BY_STUDENT,
  },
});

/** A category is the stage itself, for FINAL alone is shown; a flag is a flag (masks.csv). */
const stageShown = (stage: MisconductStage, shown: Shown): MisconductStage =>
  shown === 'FLAG' ? MisconductStage.HAS_ACTIVE_SERIOUS : stage;

@Resolver(() => MisconductCase)
export class MisconductCaseResolver {
  @Privacy<MisconductStage>('ACADEMIC_MISCONDUCT', { mask: stageShown })
  @FieldResolver(() => MisconductStage, { nullable: true, description: 'How far the case is.' })
  stage(@Root() misconduct: MisconductCase): MisconductStage {
    return misconduct.stage;
  }

  @FieldResolver(() => AcademicDecision, {
    nullable: true,
    description: 'The decision; null before there is one.',
  })
  decision(@Root() misconduct: MisconductCase): AcademicDecision | null {
    return decisionOf(misconduct);
  }

  @FieldResolver(() => Student, { nullable: true, description: 'Whom it is about.' })
  student(@Root() misconduct: MisconductCase): Student {
    return { studentNo: misconduct.studentNo };
  }
}
