/** Sealed rows (note 15): whoever may learn that one is sealed is refused the rest (DOMAIN 3.4). */
import { defaultFieldResolver, type GraphQLFieldResolver, type GraphQLSchema } from 'graphql';
import type { Context } from '../call/context.js';
import { fault } from '../errors.js';
import type { GroupGuard } from './guard.js';
import type { GuardedField } from './guards.js';
import type { Role } from '../privacy/roles.js';
import { isSealable, sealedRefusal, type Refusal } from '../privacy/verdict.js';

const isSealed = (row: unknown): boolean =>
  (row as { state?: unknown } | undefined)?.state === 'SEALED';

function refusalOf(
  { policies, sealedAs }: GroupGuard,
  role: Role,
  field: readonly [type: string, field: string],
): Refusal | undefined {
  for (const policy of policies) {
    const refusal = sealedRefusal(role, policy, ...(sealedAs ?? field));
    if (refusal) return refusal;
  }
  return undefined;
}

/** Put around each field that a seal can touch: of a sealed row it is refused, with a value or without. */
export function sealSchema(schema: GraphQLSchema, guarded: readonly GuardedField[]): void {
  for (const { type, field, guard } of guarded) {
    if (guard.kind !== 'group' || !guard.policies.some(isSealable)) continue;
    const own = schema.getType(type.name) as typeof type;
    const target = own.getFields()[field.name];
    if (!target) continue;
    const resolve = target.resolve ?? defaultFieldResolver;
    const ofSealed: GraphQLFieldResolver<unknown, Context> = async (row, args, ctx, info) => {
      // The shield refuses first, and notes what was selected: the seal leaves no mark of its own.
      const value: unknown = await resolve(row, args, ctx, info);
      if (value instanceof Error) return value;
      const refusal = refusalOf(guard, ctx.identity.role, [type.name, field.name]);
      return refusal ? fault(refusal.code, undefined, { ...refusal }) : value;
    };
    target.resolve = (row, args, ctx: Context, info) =>
      (isSealed(row) ? ofSealed : resolve)(row, args, ctx, info);
  }
}
