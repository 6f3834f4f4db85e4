import { Privacy } from '@chengxin/kit/schema/guard';
import { Day, Instant } from '@chengxin/kit/schema/scalars';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { appealCasesOf } from '../case/appealed.js';
import { groupsOfNotice } from '../row-groups/named.groups.js';

export enum NoticeChannel {
  PORTAL = 'PORTAL',
  MAIL = 'MAIL',
  SMS = 'SMS',
  WECHAT_WORK = 'WECHAT_WORK',
}
registerEnumType(NoticeChannel, { name: 'NoticeChannel', description: 'How a notice went out.' });

export enum NoticeState {
  SENT = 'SENT',
  DELIVERED = 'DELIVERED',
  ACKNOWLEDGED = 'ACKNOWLEDGED',
}
registerEnumType(NoticeState, { name: 'NoticeState', description: 'How far a notice has come.' });

/** A column of the appeal that a notice is about. */
const ofAppeal = (appealId: string, column: string): string =>
  `(select p.${column} from appeal p where p.id = ${appealId})`;

/** What a student was notified of, and when it reached him (通知). Source: L-07, L-10, L-15. */
@Entity({ tableName: 'notice' })
@ObjectType({
  description: 'What a student was notified of, and when it reached him (通知, L-07).',
})
@Privacy('NOTICES')
export class Notice {
  @Field(() => ID, { nullable: true })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Field(() => ID, { nullable: true, name: 'to', description: 'To whom.' })
  @Property({ type: 'string' })
  studentNo!: string;

  @Field(() => String, { nullable: true })
  @Property({ type: 'string' })
  kind!: string;

  @Field(() => String, { nullable: true })
  @Property({ type: 'string' })
  textVersion!: string;

  @Property({ type: 'string' })
  subjectSubgraph!: string;

  @Property({ type: 'string' })
  subjectTypename!: string;

  @Property({ type: 'string' })
  subjectId!: string;

  /** Office whose matter it is about. */
  @Property({ type: 'string' })
  subjectOffice!: string;

  /** Groups that the subject took when it was sent, its own first. */
  @Property({ type: 'array' })
  subjectGroups!: string[];

  /** The subject where the archive holds it. */
  @Property({ type: 'uuid', nullable: true })
  recordId?: string;

  @Property({ type: 'uuid', nullable: true })
  sanctionId?: string;

  @Property({ type: 'uuid', nullable: true })
  appealId?: string;

  @Field(() => Instant, { nullable: true })
  @Property({ type: 'datetime' })
  sentAt!: Date;

  @Field(() => NoticeChannel, { nullable: true })
  @Enum({ items: () => NoticeChannel })
  channel!: NoticeChannel;

  @Field(() => Instant, { nullable: true })
  @Property({ type: 'datetime', nullable: true })
  deliveredAt?: Date;

  @Field(() => Instant, { nullable: true })
  @Property({ type: 'datetime', nullable: true })
  acknowledgedAt?: Date;

  @Field(() => Day, {
    nullable: true,
    description: 'First day on which the office goes on without a statement.',
  })
  @Property({ type: 'date', nullable: true })
  waitsUntil?: string;

  /** Of a notice that Student Affairs wrote itself. */
  @Property({ type: 'string', nullable: true })
  title?: string;

  @Property({ type: 'string', nullable: true })
  body?: string;

  @Field(() => String, { nullable: true, description: 'What the student states to it (L-07).' })
  @Property({ type: 'string', nullable: true })
  statement?: string;

  @Field(() => Instant, { nullable: true, description: 'When he stated it.' })
  @Property({ type: 'datetime', nullable: true })
  statementAt?: Date;

  @Field(() => Int, { nullable: true, description: 'Counts its changes.' })
  @Property({ type: 'integer' })
  version!: number;

  /** Groups of the subject, as it was and as it is; of an appeal, those of its target. */
  @Property({
    type: 'array',
    lazy: true,
    formula: (of) => groupsOfNotice(of),
  })
  rowGroups?: string[];

  /** Cases of the committee to whose sanction it belongs (note 23). */
  @Property({
    type: 'array',
    lazy: true,
    formula: (of) =>
      [
        of.sanctionId,
        ofAppeal(of.appealId, 'sanction_id'),
        `(select q.sanction_id from conduct_record q where q.id = ${of.recordId})`,
      ]
        .map(appealCasesOf)
        .join(' || '),
  })
  appealCases?: string[];
}
