import { Reads } from '@chengxin/kit/schema/reads';
import { Instant } from '@chengxin/kit/schema/scalars';
import { equalClauses } from '@chengxin/kit/read/roster';
import { Field, ID, InputType } from 'type-graphql';

/** Narrows the access log. Every field is of group ACCESS_LOG (DOMAIN 3.7(1)). */
@InputType()
export class AccessLogFilter {
  @Reads('AccessEvent.studentNo')
  @Field(() => ID, { nullable: true, description: 'Of whom; without it, what names nobody.' })
  studentNo?: string;

  @Reads('AccessEvent.actorRole')
  @Field(() => String, { nullable: true, description: 'Role of the request.' })
  actorRole?: string;

  @Reads('AccessEvent.purpose')
  @Field(() => String, { nullable: true })
  purpose?: string;

  @Reads('AccessEvent.at')
  @Field(() => Instant, { nullable: true, description: 'From this instant on.' })
  from?: string;

  @Reads('AccessEvent.at')
  @Field(() => Instant, { nullable: true, description: 'Before this instant.' })
  to?: string;
}

/** The where-clauses of a filter beside the student. */
export const filterClauses = (filter: AccessLogFilter | undefined): object[] => [
  ...equalClauses(filter, ['actorRole', 'purpose']),
  ...(filter?.from ? [{ at: { $gte: filter.from } }] : []),
  ...(filter?.to ? [{ at: { $lt: filter.to } }] : []),
];
