import { Privacy } from '@chengxin/kit/schema/guard';
import { Day } from '@chengxin/kit/schema/scalars';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { erased } from '../student/erased.js';

export enum ModelCaseState {
  NOMINATED = 'NOMINATED',
  CONSENTED = 'CONSENTED',
  PUBLISHED = 'PUBLISHED',
  WITHDRAWN = 'WITHDRAWN',
}
registerEnumType(ModelCaseState, { name: 'ModelCaseState', description: 'State of a model case.' });

/** An instant of the consent behind a case; none where it is for something else. */
const ofConsent = (consentId: string, instant: string): string =>
  `(select ${instant} from consent f
     where f.consent_id = ${consentId} and f.purpose = 'MODEL_CASE')`;

/**
 * A published deed (诚信典型), while the student's consent is in force. Whose it is stands in its text
 * alone, as he agreed to it. Source: Z5.3.2.
 */
@Entity({ tableName: 'model_case' })
@ObjectType({ description: "A published deed, while the student's consent is in force (Z5.3.2)." })
@Privacy('MODEL_CASES')
export class ModelCase {
  @Field(() => ID, { nullable: true })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'string' })
  studentNo!: string;

  @Property({ type: 'string' })
  consentId!: string;

  @Field(() => String, { nullable: true })
  @Property({ type: 'string' })
  title!: string;

  @Field(() => String, { nullable: true })
  @Property({ type: 'string' })
  summary!: string;

  @Field(() => Day, { nullable: true })
  @Property({ type: 'date', nullable: true })
  publishedOn?: string;

  @Enum({ items: () => ModelCaseState })
  state!: ModelCaseState;

  /** Nothing of the student is left to read (2.4, F-08). */
  @Property({ type: 'boolean', lazy: true, formula: (of) => erased(of.studentNo) })
  isErased?: boolean;

  @Property({
    type: 'datetime',
    lazy: true,
    formula: (of) => ofConsent(of.consentId, 'f.granted_at'),
  })
  consentFrom?: Date;

  @Property({
    type: 'datetime',
    lazy: true,
    formula: (of) => ofConsent(of.consentId, 'least(f.expires_at, f.withdrawn_at)'),
  })
  consentUntil?: Date;
}
