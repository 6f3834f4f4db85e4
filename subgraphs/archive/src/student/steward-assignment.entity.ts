import { Also, Privacy } from '@chengxin/kit/schema/guard';
import { Day } from '@chengxin/kit/schema/scalars';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, ObjectType } from 'type-graphql';

/** Who keeps a student's archive (日常维护责任人). Source: G11. */
@Entity({ tableName: 'steward_assignment' })
@ObjectType({ description: "Who keeps a student's archive from day to day (G11)." })
@Privacy('ADMINISTRATION')
export class StewardAssignment {
  @Field(() => ID, { nullable: true })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Field(() => ID, { nullable: true })
  @Property({ type: 'string' })
  studentNo!: string;

  @Also('STAFF_IDENTITY')
  @Field(() => ID, { nullable: true })
  @Property({ type: 'string' })
  staffNo!: string;

  @Field(() => String, { nullable: true })
  @Property({
    type: 'string',
    formula: (of) => `(select f.name from staff f where f.staff_no = ${of.staffNo})`,
  })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Office that the steward works for.' })
  @Property({ type: 'string' })
  office!: string;

  @Field(() => String, { nullable: true })
  @Property({ type: 'string', nullable: true })
  workPhone?: string;

  @Field(() => Day, { nullable: true })
  @Property({ type: 'date', fieldName: 'from_day' })
  from!: string;

  @Field(() => Day, { nullable: true, description: 'Last day, included.' })
  @Property({ type: 'date', fieldName: 'to_day', nullable: true })
  to?: string;
}
