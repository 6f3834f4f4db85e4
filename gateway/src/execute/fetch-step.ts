/** One fetch of a plan: what it sends to an office, and what becomes of the answer. */
import type { FetchNode } from '@apollo/query-planner';
import {
  GraphQLError,
  isInterfaceType,
  type GraphQLFormattedError,
  type GraphQLSchema,
} from 'graphql';
import { pathsOf, type Cursor, type PathStep } from './cursor.js';
import { compileRepresentation } from './representations.js';
import { compileRewrites } from './rewrites.js';
import type { Run, Step } from './step.js';
import { isObject, type Values } from '../objects.js';
import { merge } from './values.js';

const CODE = 'DOWNSTREAM_SERVICE_ERROR';

/** Entities that are represented alike: each of them is requested once. */
interface Represented {
  readonly representation: Values;
  readonly entities: Values[];
}

/** An error of an office under the path that the caller knows. */
function errorOf(
  { message, extensions }: GraphQLFormattedError,
  office: string,
  path: readonly PathStep[] | undefined,
): GraphQLError {
  return new GraphQLError(message || `Error while fetching subquery from service "${office}"`, {
    ...(path && { path }),
    extensions: { code: CODE, ...extensions, serviceName: office },
  });
}

/** The paths of an error below each entity that it is about; below the cursor when it is about none. */
function placesOf(
  { path }: GraphQLFormattedError,
  { root }: Run,
  cursor: Cursor,
  represented: readonly Represented[] | null,
): readonly (readonly PathStep[] | undefined)[] {
  const [, position, ...below] = path ?? [];
  if (represented && typeof position === 'number') {
    const paths = pathsOf(root, cursor.path);
    const entities = new Set(represented[position]?.entities ?? []);
    const places = [...entities].flatMap((entity) => paths.get(entity) ?? []);
    return places.length > 0 ? places.map((place) => [...place, ...below]) : [below];
  }
  return [path && [...cursor.path, ...path]];
}

/** Compiles a fetch. */
export function compileFetch(schema: GraphQLSchema, node: FetchNode): Step {
  const { serviceName, operation, variableUsages = [] } = node;
  const represent = node.requires ? compileRepresentation(schema, node.requires) : null;
  const rewriteInput = compileRewrites(schema, node.inputRewrites);
  const rewriteOutput = compileRewrites(schema, node.outputRewrites);

  const variablesOf = ({ variables }: Run): Values => {
    const used: Values = {};
    for (const name of variableUsages)
      if (Object.hasOwn(variables, name) && variables[name] !== undefined)
        used[name] = variables[name];
    return used;
  };

  const representedOf = ({ objects }: Cursor): readonly Represented[] | null => {
    if (!represent) return null;
    const found = new Map<string, Represented>();
    for (const entity of objects) {
      const representation = represent(entity);
      if (!representation?.['__typename']) continue;
      rewriteInput?.(representation);
      const key = JSON.stringify(representation);
      const same = found.get(key);
      if (same) same.entities.push(entity);
      else found.set(key, { representation, entities: [entity] });
    }
    return [...found.values()];
  };

  /** Fills the objects with what came back. */
  const take = (data: unknown, { objects }: Cursor, represented: readonly Represented[] | null) => {
    if (!isObject(data)) return;
    if (!represented) {
      rewriteOutput?.(data);
      for (const one of objects) merge(one, data);
      return;
    }
    const found = data['_entities'];
    if (!Array.isArray(found) || found.length !== represented.length)
      throw new Error(`${serviceName} answered other entities than those that were requested.`);
    for (const [i, { entities }] of represented.entries()) {
      const entity: unknown = found[i];
      if (!isObject(entity)) continue;
      entity['__typename'] ??= entities[0]?.['__typename'];
      rewriteOutput?.(entity);
      // An office that knows an interface alone does not know which object it is.
      if (isInterfaceType(schema.getType(String(entity['__typename']))))
        delete entity['__typename'];
      for (const one of entities) merge(one, entity);
    }
  };

  return async (run, cursor) => {
    if (cursor.objects.length === 0) return;
    const represented = representedOf(cursor);
    if (represented?.length === 0) return;
    const variables = variablesOf(run);
    if (represented)
      variables['representations'] = represented.map(({ representation }) => representation);
    try {
      const answer = await run.send(serviceName, {
        query: operation,
        variables,
        operationName: node.operationName,
        path: cursor.path,
      });
      for (const error of answer.errors ?? [])
        for (const path of placesOf(error, run, cursor, represented))
          run.errors.push(errorOf(error, serviceName, path));
      take(answer.data, cursor, represented);
    } catch (error) {
      run.errors.push(
        error instanceof GraphQLError
          ? error
          : new GraphQLError((error as Error).message, { originalError: error as Error }),
      );
    }
  };
}
