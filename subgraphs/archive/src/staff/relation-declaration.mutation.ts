import type { Context } from '@chengxin/kit/call/context';
import type { Payload } from '@chengxin/kit/change/door';
import { make } from '@chengxin/kit/change/make-row';
import { ChangeArgs, Changes } from '@chengxin/kit/change/payload';
import { Args, ArgsType, Ctx, Field, ID, Resolver } from 'type-graphql';
import { DeclaredRelation, RelationDeclaration } from './relation-declaration.entity.js';
import { relationDeclaration } from './relation-declaration.noun.js';
import { declared } from './relation-declaration.rules.js';

@ArgsType()
class DeclareRelationArgs extends ChangeArgs {
  @Field(() => ID, { description: 'Ten digits; whether there is such a student is not said.' })
  studentNo!: string;

  @Field(() => DeclaredRelation)
  kind!: DeclaredRelation;
}

/** Relations that stand in the way of a review (回避). Source: F-02, G20.2. */
@Resolver(() => RelationDeclaration)
export class RelationDeclarationMutation {
  @Changes('relation.declare', relationDeclaration, 'Declare a relation of one’s own to a student.')
  declareRelation(
    @Args(() => DeclareRelationArgs) args: DeclareRelationArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    return make(ctx, 'relation.declare', relationDeclaration, args, (act) => declared(args, act));
  }
}
