import type { Context } from '@chengxin/kit/call/context';
import { execute } from '@chengxin/kit/database/orm';
import { Inherit } from '@chengxin/kit/schema/guard';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { isAuditOpen } from '../access/audit.loader.js';
import { RELATIONS } from '../access/relation.rules.js';
import { orgScope } from '../org/scope.loader.js';
import { ArchiveState } from '../life-cycle/archive-state.js';

@ObjectType({ description: 'How many archives of a class are in a state; of nobody by name.' })
@Inherit()
export class SigningProgress {
  @Field(() => ID, { description: 'Code of the class.' })
  classCode!: string;

  @Field(() => ArchiveState)
  state!: ArchiveState;

  @Field(() => Int, { description: 'Archives of the class in this state.' })
  archives!: number;

  @Field(() => Int, { description: 'Of these, with a signed service agreement.' })
  agreements!: number;

  @Field(() => Int, { description: 'Of these, with a signed commitment letter.' })
  commitments!: number;

  @Field(() => Int, { description: 'Of these, with an account that is activated.' })
  accounts!: number;
}

const PROGRESS = `
  select s.class_code as "classCode", a.state, count(*)::integer as archives,
    count(a.agreement_id)::integer as agreements, count(a.commitment_id)::integer as commitments,
    count(*) filter (where c.state = 'ACTIVATED')::integer as accounts
  from student s join archive a on a.student_no = s.student_no
  left join account c on c.student_no = s.student_no
  where s.college = ? and a.state not in ('VOID', 'DESTROYED')
    and (?::text[] is null or s.college = any(?::text[]) or s.class_code = any(?::text[]))
  group by 1, 2 order by 1, 2`;

/** Orgs in whose students the caller has his scope; nothing for every org, and none for no student. */
async function scopeOf(ctx: Context): Promise<readonly string[] | null> {
  switch (RELATIONS[ctx.identity.role]) {
    case 'ORG':
      return [...(await orgScope(ctx))];
    case 'AUDIT':
      return (await isAuditOpen(ctx)) ? null : [];
    default:
      return [];
  }
}

/** Archives of a college by class and state, in the scope of the caller: one statement for all. */
export async function signingProgress(ctx: Context, college: string): Promise<SigningProgress[]> {
  const scope = await scopeOf(ctx);
  return execute<SigningProgress>(ctx.em, PROGRESS, [college, scope, scope, scope]);
}
