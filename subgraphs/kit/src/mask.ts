/** Masked values: what the shield let through in part is given its part (DOMAIN 3.4, masks.csv). */
import { defaultFieldResolver, type GraphQLSchema } from 'graphql';
import type { Context } from './context.js';
import type { GuardedField } from './privacy/guards.js';
import { shownTo } from './privacy/verdict.js';

/** Put the mask function of each field that has one around its resolver. */
export function maskSchema(schema: GraphQLSchema, guarded: readonly GuardedField[]): void {
  for (const { type, field, guard } of guarded) {
    if (guard.kind !== 'group' || !guard.mask) continue;
    const { mask, policies } = guard;
    const own = schema.getType(type.name) as typeof type;
    const target = own.getFields()[field.name];
    if (!target) continue;
    const resolve = target.resolve ?? defaultFieldResolver;
    target.resolve = async (parent, args, ctx: Context, info) => {
      const value: unknown = await resolve(parent, args, ctx, info);
      if (value === null || value === undefined) return value;
      const { role } = ctx.identity;
      const shapes = policies.map((policy) => shownTo(role, policy, type.name, field.name));
      const shape = shapes.find((shown) => shown !== 'VALUE');
      return shape ? mask(value as never, shape) : value;
    };
  }
}
