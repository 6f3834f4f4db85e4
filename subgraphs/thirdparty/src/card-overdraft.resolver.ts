import type { Context } from '@chengxin/kit/call/context';
import { connectionOf, page, PageArgs, type Connection } from '@chengxin/kit/read/page';
import { Privacy } from '@chengxin/kit/schema/guard';
import { orderReads, Reads } from '@chengxin/kit/schema/reads';
import { equalClauses } from '@chengxin/kit/read/roster';
import { rowClauses } from '@chengxin/kit/read/rows';
import {
  Arg,
  Args,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  Query,
  registerEnumType,
  Resolver,
  Root,
} from 'type-graphql';
import { CardOverdraft } from './card-overdraft.entity.js';
import { cardOverdraftRows } from './card-overdraft.loader.js';
import { disclosed } from './withheld.rules.js';

const CardOverdraftConnection = connectionOf('CardOverdraft', () => CardOverdraft);

enum CardOverdraftOrder {
  STATEMENT_ON = 'STATEMENT_ON',
  OVERDUE = 'OVERDUE',
}
registerEnumType(CardOverdraftOrder, {
  name: 'CardOverdraftOrder',
  description: 'Order of a list of card statements: the latest, or the largest amount first.',
});
const ORDERS = {
  [CardOverdraftOrder.STATEMENT_ON]: [
    ['statementOn', 'desc'],
    ['id', 'asc'],
  ],
  [CardOverdraftOrder.OVERDUE]: [
    ['overdueFen', 'desc'],
    ['id', 'asc'],
  ],
} as const;

/** No filter by student: a provider knows none (T-04). */
@InputType()
class CardOverdraftFilter {
  @Reads('CardOverdraft.consentId')
  @Field(() => ID, { nullable: true, description: 'By consent.' })
  consentId?: string;

  @Reads('CardOverdraft.cardTail4')
  @Field(() => String, { nullable: true, description: 'By the last four digits of the card.' })
  cardTail4?: string;
}

@Resolver(() => CardOverdraft)
export class CardOverdraftResolver {
  @Reads({ order: orderReads('CardOverdraft', ORDERS) })
  @Privacy('CARD_OVERDRAFTS', { own: true })
  @Query(() => CardOverdraftConnection, {
    nullable: true,
    description: "Card statements, the provider's own alone (T-04).",
  })
  cardOverdrafts(
    @Args(() => PageArgs) args: PageArgs,
    @Arg('filter', () => CardOverdraftFilter, { nullable: true })
    filter: CardOverdraftFilter | undefined,
    @Arg('order', () => CardOverdraftOrder, { defaultValue: CardOverdraftOrder.STATEMENT_ON })
    order: CardOverdraftOrder,
    @Ctx() ctx: Context,
  ): Promise<Connection<CardOverdraft>> {
    const where = [
      ...rowClauses(ctx, cardOverdraftRows),
      ...equalClauses(filter, ['consentId', 'cardTail4']),
    ];
    const list = { name: 'cardOverdrafts', entity: CardOverdraft, where, filter };
    return page(ctx, { ...list, order: ORDERS[order] }, args);
  }

  @FieldResolver(() => ID, {
    nullable: true,
    description: 'The student whom the row is about; withheld from providers (note 6).',
  })
  studentNo(@Root() row: CardOverdraft, @Ctx() ctx: Context): string {
    return disclosed(ctx.identity, 'CARD_OVERDRAFTS', row, 'studentNo');
  }
}
