import { Action, Privacy } from '@chengxin/kit/privacy/guard';
import { buildOfficeSchema } from '@chengxin/kit/federation';
import { studentRows } from '@chengxin/kit/rows';
import { Field, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
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
