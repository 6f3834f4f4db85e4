import { Privacy } from '@chengxin/kit/schema/guard';
import { Field, Int, ObjectType } from 'type-graphql';
import { CommitmentMatter } from '../life-cycle/commitment-matter.js';
import { SupervisionPhase } from '../supervision/supervision.entity.js';

/** How far one field of operation is supervised before, during or after the event. Source: Z2.3. */
@ObjectType({
  description:
    'How far a field of operation is supervised before, during or after the event (Z2.3).',
})
@Privacy('GOVERNANCE')
export class SupervisionCoverage {
  @Field(() => CommitmentMatter, { nullable: true })
  field!: CommitmentMatter;

  @Field(() => SupervisionPhase, { nullable: true })
  phase!: SupervisionPhase;

  @Field(() => Int, {
    nullable: true,
    description: 'Offices that supervise in this phase: by a text in force, by checks.',
  })
  offices!: number;

  @Field(() => Int, {
    nullable: true,
    description:
      'Who is supervised: by commitments in force, by checks of twelve months. In full tens; 0 is fewer than ten.',
  })
  supervised!: number;
}
