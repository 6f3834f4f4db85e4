/** Masked values: what the shield let through in part is given its part (DOMAIN 3.4, masks.csv). */
import { defaultFieldResolver, type GraphQLSchema } from 'graphql';
import type { Context } from '../call/context.js';
import type { GroupGuard } from './guard.js';
import type { GuardedField } from './guards.js';
import type { Role } from '../privacy/roles.js';
import { shownTo, wordsShownTo } from '../privacy/verdict.js';

/**
 * What a role is shown of a value: the value, or what its mask makes of it. A word that the table
 * does not name for the role is withheld, whatever the mask function says.
 */
export function maskedValue(
  { policies, mask }: GroupGuard,
  role: Role,
  [type, field]: readonly [type: string, field: string],
  value: unknown,
): unknown {
  const policy = policies.find((one) => shownTo(role, one, type, field) !== 'VALUE');
  if (!mask || !policy) return value;
  const shown = mask(value as never, shownTo(role, policy, type, field));
  const words = wordsShownTo(role, policy, type, field);
  return words.length === 0 || words.includes(String(shown)) ? shown : null;
}

/** Put the mask function of each field that has one around its resolver. */
export function maskSchema(schema: GraphQLSchema, guarded: readonly GuardedField[]): void {
  for (const { type, field, guard } of guarded) {
    if (guard.kind !== 'group' || !guard.mask) continue;
    const own = schema.getType(type.name) as typeof type;
    const target = own.getFields()[field.name];
    if (!target) continue;
    const resolve = target.resolve ?? defaultFieldResolver;
    const masked = (value: unknown, { identity }: Context): unknown =>
      // The shield answers a refusal as a value: it is no value to be masked.
      value === null || value === undefined || value instanceof Error
        ? value
        : maskedValue(guard, identity.role, [type.name, field.name], value);
    target.resolve = (parent, args, ctx: Context, info) => {
      const value: unknown = resolve(parent, args, ctx, info);
      return value instanceof Promise ? value.then((one) => masked(one, ctx)) : masked(value, ctx);
    };
  }
}
