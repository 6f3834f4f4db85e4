import type { PlanNode, QueryPlan } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import { move } from './cursor.js';
import { compileFetch } from './fetch-step.js';
import type { Step } from './step.js';

const nothing: Step = async () => {};

/**
 * Compiles a plan, so that running it reads no plan and no schema.
 *
 * @param schema  The whole graph, with what clients do not see.
 */
export function compilePlan(schema: GraphQLSchema, { node }: QueryPlan): Step {
  const compile = (one: PlanNode | undefined): Step => {
    switch (one?.kind) {
      case undefined:
        return nothing;
      case 'Fetch':
        return compileFetch(schema, one);
      case 'Sequence': {
        const steps = one.nodes.map(compile);
        return async (run, cursor) => {
          for (const step of steps) await step(run, cursor);
        };
      }
      case 'Parallel': {
        const steps = one.nodes.map(compile);
        return async (run, cursor) => {
          await Promise.all(steps.map((step) => step(run, cursor)));
        };
      }
      case 'Flatten': {
        const path = one.path.map(String);
        const step = compile(one.node);
        return (run, cursor) => step(run, move(cursor, path));
      }
      case 'Condition': {
        const { condition } = one;
        const included = compile(one.ifClause);
        const left = compile(one.elseClause);
        return (run, cursor) =>
          run.isIncluded(condition) ? included(run, cursor) : left(run, cursor);
      }
      case 'Defer':
        throw new Error('Nothing is deferred.');
    }
  };
  if (node?.kind === 'Subscription') throw new Error('There are no subscriptions.');
  return compile(node);
}
