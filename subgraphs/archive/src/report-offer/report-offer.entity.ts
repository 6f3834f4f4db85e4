import { TwoPeople } from '@chengxin/kit/schema/two-people';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Day } from '@chengxin/kit/schema/scalars';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';

export enum ReportOfferState {
  PREPARED = 'PREPARED',
  SENT = 'SENT',
}
registerEnumType(ReportOfferState, {
  name: 'ReportOfferState',
  description: 'Whether a second person has sent the offer to those who graduate.',
});

/** A report offered to all who graduate on a day; each issues his own. Source: Z2.1, G10.1, L-09. */
@Entity({ tableName: 'report_offer' })
@ObjectType({
  description:
    'A credit report offered to all who graduate on a day; it issues none. Of Student Affairs.',
})
@Privacy('ADMINISTRATION')
export class ReportOffer extends TwoPeople {
  @Field(() => ID, { nullable: true })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Field(() => Day, { nullable: true, description: 'Day of the graduation list.' })
  @Property({ type: 'date' })
  graduationOn!: string;

  @Field(() => ID, { nullable: true, description: 'None for everybody who graduates on that day.' })
  @Property({ type: 'string', nullable: true })
  classCode?: string;

  @Field(() => Int, {
    nullable: true,
    description: 'How many it is for: as prepared, then as notified.',
  })
  @Property({ type: 'integer' })
  studentCount!: number;

  @Field(() => ReportOfferState, { nullable: true })
  @Enum({ items: () => ReportOfferState })
  state!: ReportOfferState;

  @Field(() => Int, { nullable: true, description: 'Grows with each change.' })
  @Property({ type: 'integer' })
  version!: number;
}
