import { Inherit } from '@chengxin/kit/schema/guard';
import { Day } from '@chengxin/kit/schema/scalars';
import { Field, ObjectType } from 'type-graphql';

/** What the competent body decided, by its document (G2.2: no free text in place of a code). */
@ObjectType({ description: 'A decision of the competent body, by its document.' })
@Inherit()
export class AcademicDecision {
  @Field(() => String, { description: 'Number of the document.' })
  docNo!: string;

  @Field(() => Day, { description: 'Day of the decision.' })
  decidedOn!: string;
}

/** The decision of a fact, or nothing before there is one. */
export const decisionOf = (fact: {
  decisionDocNo?: string | null;
  decidedOn?: string | null;
}): AcademicDecision | null =>
  fact.decisionDocNo && fact.decidedOn
    ? { docNo: fact.decisionDocNo, decidedOn: fact.decidedOn }
    : null;
