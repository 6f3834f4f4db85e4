import type { Context } from '@chengxin/kit/call/context';
import { change, type Payload } from '@chengxin/kit/change/door';
import { make, refuseHalf } from '@chengxin/kit/change/make-row';
import { ChangeArgs, Changes, RowArgs } from '@chengxin/kit/change/payload';
import { Day } from '@chengxin/kit/schema/scalars';
import { Args, ArgsType, Ctx, Field, FieldResolver, ID, Int, Resolver, Root } from 'type-graphql';
import { CommitmentMatter } from '../commitment-matter.js';
import { CommitmentTemplate, TemplateKind } from '../commitment-template.entity.js';
import { template } from './template.noun.js';
import { drafted, published, textSha256 } from './template.rules.js';

@ArgsType()
class DraftTemplateArgs extends ChangeArgs {
  @Field(() => ID, { nullable: true, description: 'A draft that is written anew.' })
  id?: string;

  @Field(() => Int, { nullable: true, description: 'Revision of that draft.' })
  expectedVersion?: number;

  @Field(() => TemplateKind)
  kind!: TemplateKind;

  @Field(() => CommitmentMatter)
  matter!: CommitmentMatter;

  @Field(() => String)
  templateVersion!: string;

  @Field(() => [String], { description: 'Who may sign: STUDENT, STAFF, ORG.' })
  subjectTypes!: string[];

  @Field(() => [String])
  clauses!: string[];

  @Field(() => [String], { description: 'What a breach leads to.' })
  consequences!: string[];

  @Field(() => Day)
  validFrom!: string;

  @Field(() => Day, { nullable: true })
  validTo?: string;
}

/** Texts that are signed (承诺书模板、服务协议). Source: G10.2, Z5.2.2. */
@Resolver(() => CommitmentTemplate)
export class TemplateMutation {
  @Changes('template.draft', template, 'Draft a text that is to be signed, or write a draft anew.')
  draftTemplate(
    @Args(() => DraftTemplateArgs) args: DraftTemplateArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    const { id, expectedVersion } = args;
    if (id === undefined && expectedVersion === undefined)
      return make(ctx, 'template.draft', template, args, drafted(args));
    if (id === undefined || expectedVersion === undefined)
      return refuseHalf(ctx, 'template.draft', template, args);
    const request = { ...args, id, expectedVersion };
    return change(ctx, 'template.draft', template, request, (_, act) => drafted(args)(act));
  }

  @Changes('template.publish', template, 'Publish a drafted text, as a second person.')
  publishTemplate(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    return change(ctx, 'template.publish', template, args, published);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'SHA-256 of clauses and consequences, one a line: what a signature stands for.',
  })
  textSha256(@Root() text: CommitmentTemplate): string {
    return textSha256(text);
  }
}
