/** What is answered in one step is judged as the shield judges it: every field, role and effect (3.1). */
import { loadOffices } from '@chengxin/college/office-list';
import type { Context } from '@chengxin/kit/call/context';
import type { Effect } from '@chengxin/kit/privacy/matrix';
import { ROLES, type Role } from '@chengxin/kit/privacy/roles';
import { unguardedSchema } from '@chengxin/kit/schema/federation';
import { readGuards, type GuardedField } from '@chengxin/kit/schema/guards';
import { guardPlainFields } from '@chengxin/kit/schema/plain-fields';
import { shieldSchema } from '@chengxin/kit/schema/shield';
import { GraphQLError, type GraphQLFieldResolver, type GraphQLSchema } from 'graphql';
import { expect, test } from 'vitest';

const EFFECTS: readonly Effect[] = ['ALLOW', 'MASK', 'AGGREGATE', 'DENY'];
const STUDENT = '2024010317';
const VALUE = 'the value';

/** One call as the judge looks at it: what the decision says, and what is noted of it. */
function callOf(role: Role, effect: Effect) {
  const noted: unknown[] = [];
  const ctx = {
    identity: { role },
    overdue: undefined,
    isOwn: false,
    ruling: () => ({ effect, predicates: [] }),
    disclosures: {
      record: (...part: unknown[]) => void noted.push(part),
      refused: (...part: unknown[]) => void noted.push(part),
    },
  };
  return { ctx: ctx as unknown as Context, noted };
}

type Resolve = GraphQLFieldResolver<unknown, Context>;

/** The answer and the notes of one field, as text. */
async function outcome(
  schema: GraphQLSchema,
  { type, field }: GuardedField,
  role: Role,
  effect: Effect,
): Promise<string> {
  const own = schema.getType(type.name) as typeof type;
  const resolve = own.getFields()[field.name]?.resolve as Resolve;
  const { ctx, noted } = callOf(role, effect);
  const row = { studentNo: STUDENT, [field.name]: field.name === 'studentNo' ? STUDENT : VALUE };
  const info = {
    fieldName: field.name,
    parentType: own,
    returnType: field.type,
    schema,
    fieldNodes: [],
    fragments: {},
    variableValues: {},
  };
  const answer = await resolve(row, {}, ctx, info as never);
  const said = answer instanceof GraphQLError ? answer.toJSON() : answer;
  return JSON.stringify([said, noted]);
}

const offices = await loadOffices();
test.each(offices.map((office) => [office.name, office] as const))(
  'plain fields of %s are refused, noted and answered as the shield does',
  async (_, office) => {
    const unguarded = await unguardedSchema(office);
    const guarded = readGuards(unguarded);
    const shielded = shieldSchema(unguarded, guarded);
    const direct = shieldSchema(unguarded, guarded);
    guardPlainFields(direct, guarded);
    const plain = guarded.filter(({ field }) => field.resolve === undefined);
    expect(plain.length).toBeGreaterThan(guarded.length / 2);
    const wrong: string[] = [];
    for (const one of plain)
      for (const role of ROLES)
        for (const effect of EFFECTS) {
          const expected = await outcome(shielded, one, role, effect);
          if ((await outcome(direct, one, role, effect)) !== expected)
            wrong.push(`${one.type.name}.${one.field.name} × ${role} × ${effect}`);
        }
    expect(wrong).toEqual([]);
  },
);
