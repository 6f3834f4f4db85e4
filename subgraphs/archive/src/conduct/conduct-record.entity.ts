import { Fact } from '@chengxin/kit/schema/fact';
import { Also, Privacy } from '@chengxin/kit/schema/guard';
import type { Group } from '@chengxin/kit/privacy/groups';
import { Day } from '@chengxin/kit/schema/scalars';
import { Entity, Enum, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, ObjectType } from 'type-graphql';
import { appealCasesOf } from '../case/appealed.js';
import { Severity } from '../rules/severity.js';
import { ConductState } from '../rules/conduct-state.js';

/** A bad-conduct record: coded facts and a reference, never the office's materials. Source: 2.2. */
@Entity({ tableName: 'conduct_record' })
@ObjectType({ description: 'A bad-conduct record: coded facts and a reference (G8.3, G9).' })
@Privacy('BAD_CONDUCT')
export class ConductRecord extends Fact {
  /** Public through its resolver, which shows it in part to some. */
  @Property({ type: 'string' })
  indicatorCode!: string;

  /** The group that the row takes beside that of its state (DOMAIN 2.3). */
  @Property({ type: 'string' })
  originGroup!: Group;

  @Field(() => String, { nullable: true, description: 'Office that found it.' })
  @Property({ type: 'string' })
  sourceOffice!: string;

  /** Public through its resolver, which shows it in part to some. */
  @Enum({ items: () => Severity })
  severity!: Severity;

  @Field(() => Day, { nullable: true, description: 'Day of the act, or its first day.' })
  @Property({ type: 'date' })
  occurredOn!: string;

  @Field(() => Day, { nullable: true, description: 'Last day of an act that lasted.' })
  @Property({ type: 'date', nullable: true })
  endedOn?: string;

  @Field(() => Day, { nullable: true, description: 'Day on which it was found.' })
  @Property({ type: 'date', nullable: true })
  foundOn?: string;

  @Property({ type: 'string', nullable: true })
  findingBody?: string;

  @Property({ type: 'string', nullable: true })
  findingDocNo?: string;

  @Property({ type: 'date', nullable: true })
  findingOn?: string;

  @Also('LAW_VIOLATIONS')
  @Field(() => String, { nullable: true, description: 'Law or rule that the finding rests on.' })
  @Property({ type: 'string', nullable: true })
  legalBasis?: string;

  @Also('TUITION')
  @Field(() => ID, { nullable: true, description: 'The malice finding behind it (T-01).' })
  @Property({ type: 'uuid', nullable: true })
  maliceFindingId?: string;

  /** Public through its resolver: of a sanction that the caller may know of. */
  @Property({ type: 'uuid', nullable: true })
  sanctionId?: string;

  /** Office, noun and number of the fact there; the archive's own are numbered by who proposed them. */
  @Property({ type: 'string' })
  sourceSubgraph!: string;

  @Property({ type: 'string' })
  sourceTypename!: string;

  @Property({ type: 'string' })
  sourceId!: string;

  @Property({ type: 'integer' })
  sourceVersion!: number;

  /** Of a malice finding: the bill. */
  @Property({ type: 'string', nullable: true })
  billNo?: string;

  @Property({ type: 'datetime', nullable: true })
  noticeDeliveredAt?: Date;

  /** Who took it into the archive, beside who recorded and who found it. */
  @Property({ type: 'string', nullable: true })
  acceptedBy?: string;

  @Property({ type: 'datetime', nullable: true })
  acceptedAt?: Date;

  @Field(() => ConductState, { nullable: true })
  @Enum({ items: () => ConductState })
  state!: ConductState;

  @Field(() => Boolean, { nullable: true, description: 'The student disputes it (G14).' })
  @Property({ type: 'boolean' })
  disputed!: boolean;

  /** Cases of the committee in which its sanction is appealed (note 23). */
  @Property({ type: 'array', lazy: true, formula: (of) => appealCasesOf(of.sanctionId) })
  appealCases?: string[];

  /** Part of an APPROVED submission to the province (note 8). */
  @Property({
    type: 'boolean',
    lazy: true,
    formula: (of) =>
      `(not ${of.disputed} and exists (select from submission f
         where f.record_id = ${of.id} and f.state = 'APPROVED'))`,
  })
  isSubmitted?: boolean;
}
