import { Action, Privacy } from '@chengxin/kit/schema/guard';
import { Reads } from '@chengxin/kit/schema/reads';
import { buildOfficeSchema } from '@chengxin/kit/schema/federation';
import { studentRows } from '@chengxin/kit/read/rows';
import {
  Arg,
  Field,
  InputType,
  Mutation,
  ObjectType,
  Query,
  registerEnumType,
  Resolver,
} from 'type-graphql';
import { expect, test } from 'vitest';

/** A schema of one resolver, as an office would build it. */
const build = (resolver: new () => object) =>
  buildOfficeSchema({ resolvers: [resolver], orphanedTypes: [], references: {} });

test('a field without a group stops the process by name', async () => {
  @ObjectType()
  class Open {
    @Privacy('TUITION')
    @Field(() => String)
    guarded!: string;

    @Field(() => String)
    forgotten!: string;
  }
  @Resolver()
  class OpenResolver {
    @Privacy('TUITION')
    @Query(() => Open)
    open(): Open {
      return { guarded: '', forgotten: '' };
    }
  }
  await expect(build(OpenResolver)).rejects.toThrow(
    'The office does not start: Open.forgotten has no privacy group.',
  );
});

test('an operation without a group stops the process by name', async () => {
  @Resolver()
  class BareResolver {
    @Query(() => String)
    bareQuery(): string {
      return '';
    }
  }
  await expect(build(BareResolver)).rejects.toThrow(
    'The office does not start: Query.bareQuery has no privacy group.',
  );
});

test('a mutation under a read group, or without a row in the action table, stops the process (INV-19)', async () => {
  @Resolver()
  class WritingResolver {
    @Privacy('RULES')
    @Query(() => String)
    anything(): string {
      return '';
    }

    @Privacy('TUITION')
    @Mutation(() => String)
    readAsWrite(): string {
      return '';
    }

    @Action('deferral.invent')
    @Mutation(() => String)
    inventDeferral(): string {
      return '';
    }
  }
  await expect(build(WritingResolver)).rejects.toThrow(
    'The office does not start: Mutation.readAsWrite is a mutation without an action; ' +
      'Mutation.inventDeferral takes the action deferral.invent, which the action table does not have.',
  );
});

test('the group of a class stands on each of its fields, and a type never carries it', async () => {
  @ObjectType()
  @Privacy('TUITION')
  class Fee {
    @Field(() => String, { nullable: true })
    plain!: string;

    @Privacy('LOANS_AND_AID')
    @Field(() => String, { nullable: true })
    own!: string;
  }
  @Resolver()
  class FeeResolver {
    @Privacy('TUITION')
    @Query(() => Fee, { nullable: true })
    fee(): Fee {
      return { plain: '', own: '' };
    }

    @Action('deferral.approve')
    @Mutation(() => Fee, { nullable: true })
    approveDeferral(): Fee {
      return { plain: '', own: '' };
    }
  }
  const { sdl } = await build(FeeResolver);
  const body = sdl.slice(sdl.indexOf('\n\n') + 2).replaceAll(/"""[^"]*"""\s*/g, '');
  expect(body).toBe(`schema {
  query: Query
  mutation: Mutation
}

type Fee {
  own: String @policy(policies: [["LOANS_AND_AID"]])
  plain: String @policy(policies: [["TUITION"]])
}

type Mutation {
  approveDeferral: Fee @policy(policies: [["deferral.approve"]])
}

type Query {
  fee: Fee @policy(policies: [["TUITION"]])
}
`);
});

test('rows without a predicate that some role brings stop the process (DOMAIN 3.4b)', () => {
  class LawRow {
    studentNo!: string;
  }
  expect(() =>
    studentRows({ entity: LawRow, group: 'LAW_VIOLATIONS', predicates: {}, orderBy: {} }),
  ).toThrow('Rows of LAW_VIOLATIONS lack the predicate NOT_SEALED, APPEALED, SUBMITTED.');
});

test('an argument that does not say what it reads stops the process by name (3.7(1))', async () => {
  @InputType()
  class SilentFilter {
    @Field(() => String, { nullable: true })
    item?: string;
  }
  @Resolver()
  class SilentResolver {
    @Privacy('TUITION')
    @Query(() => String)
    silent(
      @Arg('filter', () => SilentFilter) filter: SilentFilter,
      @Arg('kind', () => String) kind: string,
    ): string {
      return `${filter.item}${kind}`;
    }
  }
  await expect(build(SilentResolver)).rejects.toThrow(
    'The office does not start: Query.silent(kind) names no field that it reads; ' +
      'Query.silent(filter.item) names no field that it reads.',
  );
});

test('an argument that reads a field which nobody has stops the process by name (3.7(1))', async () => {
  @Resolver()
  class MistakenResolver {
    @Reads({ kind: 'Nothing.kind' })
    @Privacy('TUITION')
    @Query(() => String)
    mistaken(@Arg('kind', () => String) kind: string): string {
      return kind;
    }
  }
  await expect(build(MistakenResolver)).rejects.toThrow(
    'The office does not start: Query.mistaken(kind) reads Nothing.kind, which no table and no type has.',
  );
});

test('an order that does not say for each value what it reads stops the process (3.7(1))', async () => {
  enum HalfOrder {
    DAY = 'DAY',
    AMOUNT = 'AMOUNT',
  }
  registerEnumType(HalfOrder, { name: 'HalfOrder' });
  @Resolver()
  class HalfResolver {
    @Reads({ order: { DAY: 'Bill.dueOn' } })
    @Privacy('TUITION')
    @Query(() => String)
    half(@Arg('order', () => HalfOrder) order: HalfOrder): string {
      return order;
    }
  }
  await expect(build(HalfResolver)).rejects.toThrow(
    'The office does not start: Query.half(order) does not say for each value what it reads.',
  );
});
