import { Fact } from '@chengxin/kit/schema/fact';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Entity, Enum, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';

export enum LoanKind {
  CAMPUS = 'CAMPUS',
  ORIGIN = 'ORIGIN',
}
registerEnumType(LoanKind, {
  name: 'LoanKind',
  description: 'Where a student loan is taken: at the school (校园地) or at home (生源地).',
});

export enum LoanState {
  APPLIED = 'APPLIED',
  APPROVED = 'APPROVED',
  SIGNED = 'SIGNED',
  DISBURSED = 'DISBURSED',
  IN_SCHOOL = 'IN_SCHOOL',
  HANDED_OVER = 'HANDED_OVER',
  CLOSED = 'CLOSED',
  /** What finance sees instead of a state (note 14). Never on a row. */
  EXCUSED = 'EXCUSED',
  NOT_EXCUSED = 'NOT_EXCUSED',
}
registerEnumType(LoanState, {
  name: 'LoanState',
  description:
    'State of a student loan up to its hand-over. EXCUSED or NOT_EXCUSED is all that finance sees: whether bills are excused, never by what (note 14).',
});

export enum TruthCheck {
  PASS = 'PASS',
  FAIL = 'FAIL',
  PENDING = 'PENDING',
}
registerEnumType(TruthCheck, {
  name: 'TruthCheck',
  description: 'Whether what was stated for a loan was found true.',
});

/** A student loan of one year, up to its hand-over. Source: G8.3, G9.4, DOMAIN 2.2. */
@Entity({ tableName: 'loan_record' })
@ObjectType({ description: 'A student loan of one year, up to its hand-over (G8.3).' })
@Privacy('LOANS_AND_AID')
export class LoanRecord extends Fact {
  @Field(() => LoanKind, { nullable: true })
  @Enum({ items: () => LoanKind })
  kind!: LoanKind;

  @Field(() => String, { nullable: true, description: 'Last four characters of the contract.' })
  @Property({ type: 'string', nullable: true })
  contractNoMasked?: string;

  @Field(() => ID, { nullable: true, description: 'Social credit code of the bank.' })
  @Property({ type: 'string' })
  bankUscc!: string;

  @Field(() => Int, { nullable: true, description: 'Principal in fen.' })
  @Property({ type: 'integer' })
  principalFen!: number;

  @Field(() => Int, { nullable: true, description: 'Year of the loan.' })
  @Property({ type: 'integer' })
  year!: number;

  @Privacy<LoanState>('LOANS_AND_AID', { mask: (state) => state })
  @Field(() => LoanState, { nullable: true })
  @Enum({ items: () => LoanState })
  state!: LoanState;

  @Field(() => TruthCheck, { nullable: true })
  @Enum({ items: () => TruthCheck })
  infoTruthCheck!: TruthCheck;
}
