import { Inherit } from '@chengxin/kit/schema/guard';
import { Decimal } from '@chengxin/kit/schema/scalars';
import { Field, ObjectType, registerEnumType } from 'type-graphql';

export enum ScoreScale {
  /** 0–100, to two decimals. */
  PERCENT = 'PERCENT',
  /** 5 excellent (优秀), 4 good (良好), 3 fair (中等), 2 pass (及格), 1 fail (不及格). */
  FIVE_LEVEL = 'FIVE_LEVEL',
  /** 1 passed (合格), 0 failed (不合格). */
  PASS_FAIL = 'PASS_FAIL',
}
registerEnumType(ScoreScale, {
  name: 'ScoreScale',
  description: 'How a score is counted (2.1).',
  valuesConfig: {
    PERCENT: { description: '0–100.' },
    FIVE_LEVEL: { description: '5 优秀, 4 良好, 3 中等, 2 及格, 1 不及格.' },
    PASS_FAIL: { description: '1 合格, 0 不合格.' },
  },
});

/** An exam score with its scale. Source: DOMAIN 2.1. */
@ObjectType({ description: 'An exam score with its scale (2.1).' })
@Inherit()
export class Score {
  @Field(() => Decimal, { description: 'The number, to two decimals.' })
  raw!: string;

  @Field(() => ScoreScale, { description: 'How the number is counted.' })
  scale!: ScoreScale;
}
