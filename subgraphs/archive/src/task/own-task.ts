import { Inherit } from '@chengxin/kit/schema/guard';
import { Day } from '@chengxin/kit/schema/scalars';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';

export enum OwnTaskKind {
  ACTIVATE_ACCOUNT = 'ACTIVATE_ACCOUNT',
  SIGN_AGREEMENT = 'SIGN_AGREEMENT',
  SIGN_COMMITMENT = 'SIGN_COMMITMENT',
  RECTIFY_COMMITMENT = 'RECTIFY_COMMITMENT',
  CONFIRM_PROFILE = 'CONFIRM_PROFILE',
  ANSWER_NOTICE = 'ANSWER_NOTICE',
  CORRECT_ENTRY = 'CORRECT_ENTRY',
  REVIEW_ENTRIES = 'REVIEW_ENTRIES',
  DECIDE_APPEALS = 'DECIDE_APPEALS',
  REVIEW_REPAIRS = 'REVIEW_REPAIRS',
  DECIDE_REPAIRS = 'DECIDE_REPAIRS',
  APPROVE_IMPORTS = 'APPROVE_IMPORTS',
  APPROVE_GOOD_RECORDS = 'APPROVE_GOOD_RECORDS',
  PUBLISH_TEXTS = 'PUBLISH_TEXTS',
  DECIDE_BREACHES = 'DECIDE_BREACHES',
  HANDLE_SANCTION_APPEALS = 'HANDLE_SANCTION_APPEALS',
  LIFT_SANCTIONS = 'LIFT_SANCTIONS',
  ANNUL_UNFOUNDED_SANCTIONS = 'ANNUL_UNFOUNDED_SANCTIONS',
  DECIDE_CHANGES = 'DECIDE_CHANGES',
  DECIDE_SUBJECT_REQUESTS = 'DECIDE_SUBJECT_REQUESTS',
  OVERDUE_SUBJECT_REQUESTS = 'OVERDUE_SUBJECT_REQUESTS',
  DECIDE_HUMAN_REVIEWS = 'DECIDE_HUMAN_REVIEWS',
  HANDLE_WARNINGS = 'HANDLE_WARNINGS',
  DELIVER_LATE_ITEMS = 'DELIVER_LATE_ITEMS',
  COMPLETE_BATCHES = 'COMPLETE_BATCHES',
  HOLD_YEARLY_MEETING = 'HOLD_YEARLY_MEETING',
  CONFIRM_GRADES = 'CONFIRM_GRADES',
  CONFIRM_RUN_PARTS = 'CONFIRM_RUN_PARTS',
  APPROVE_EXPORTS = 'APPROVE_EXPORTS',
  VERIFY_BATCHES = 'VERIFY_BATCHES',
  RELEASE_STATISTICS = 'RELEASE_STATISTICS',
  SEND_REPORT_OFFERS = 'SEND_REPORT_OFFERS',
  APPROVE_RULE_SETS = 'APPROVE_RULE_SETS',
  ACTIVATE_RULE_SETS = 'ACTIVATE_RULE_SETS',
  EVALUATE_CASES = 'EVALUATE_CASES',
}
registerEnumType(OwnTaskKind, {
  name: 'OwnTaskKind',
  description: 'What waits for the caller.',
});

@ObjectType({
  description: 'What waits for the caller: of a student his own rows, of staff how many there are.',
})
@Inherit()
export class OwnTask {
  @Field(() => OwnTaskKind)
  kind!: OwnTaskKind;

  @Field(() => Int, { description: 'How many rows wait.' })
  count!: number;

  @Field(() => Day, { nullable: true, description: 'First day on which one of them is due.' })
  dueOn?: string | undefined;

  @Field(() => ID, {
    nullable: true,
    description:
      'Number of the row that waits for a student; none where they are others’ rows, but of a sanction whose records were revoked: x-reference names it under purpose APPEAL.',
  })
  ref?: string | undefined;
}
