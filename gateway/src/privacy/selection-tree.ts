import { fault } from '@chengxin/kit/errors';
import {
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { below, isListed, listDepth, ROOT, type Place } from './lists.js';
import type { Policies } from './policies.js';
import { possibleTypes, collectFields, type CollectedField } from './collect-fields.js';
import { judge, OPEN, type Verdict, type Caller } from './verdict.js';

/** A field that an operation asks of some runtime types of an object, and what the role may have. */
export interface SelectedField extends CollectedField, Verdict {
  readonly path: readonly string[];
  /** Its type for each runtime type; empty for `__typename` and the like. */
  readonly outputs: ReadonlyMap<string, GraphQLOutputType>;
  /** What is selected of the objects below; null for leaves and refused fields. */
  readonly object: SelectedObject | null;
}

/** An object of the response as the operation asks it. */
export interface SelectedObject {
  readonly type: GraphQLCompositeType;
  /** Runtime types that it may have. */
  readonly types: ReadonlySet<string>;
  /** In document order. */
  readonly fields: readonly SelectedField[];
}

/** What is selected, and under which rules it is judged. */
export interface OperationParts {
  readonly schema: GraphQLSchema;
  readonly policies: Pick<Policies, 'get'>;
  readonly caller: Caller;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
}

/** Selections, fragments unfolded, beyond which an operation is a bomb and not a question. */
const MOST_SELECTIONS = 20_000;

/** Runtime types that share the verdict on a field, and the place below it. */
interface Share {
  readonly verdict: Verdict;
  readonly place: Place;
  readonly types: Set<string>;
  readonly outputs: Map<string, GraphQLOutputType>;
}

/** The declared type of a field where it was written; undefined for `__typename` and the like. */
const declared = (on: GraphQLCompositeType, name: string): GraphQLOutputType | undefined =>
  isObjectType(on) || isInterfaceType(on) ? on.getFields()[name]?.type : undefined;

/** Judges every field of an operation for a role, on each runtime type on its own. */
export function buildSelectionTree({
  schema,
  policies,
  caller,
  document,
  operation,
}: OperationParts): SelectedObject {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION)
      fragments.set(definition.name.value, definition);
  let count = 0;
  const spend = () => {
    if (++count > MOST_SELECTIONS) throw fault('QUERY_TOO_COSTLY');
  };

  const shares = (selected: CollectedField, place: Place): readonly Share[] => {
    const found = new Map<string, Share>();
    const name = selected.node.name.value;
    for (const type of selected.types) {
      const object = schema.getType(type);
      const output = isObjectType(object) ? declared(object, name) : undefined;
      const verdict = name.startsWith('__')
        ? OPEN
        : judge(policies, caller, type, name, isListed(place, type));
      const inner = output ? below(place, type, name, output) : place;
      const id = JSON.stringify([verdict, inner]);
      const share = found.get(id) ?? {
        verdict,
        place: inner,
        types: new Set(),
        outputs: new Map(),
      };
      share.types.add(type);
      if (output) share.outputs.set(type, output);
      found.set(id, share);
    }
    return [...found.values()];
  };

  const askField = (
    selected: CollectedField,
    { verdict, place, types, outputs }: Share,
    above: readonly string[],
  ): SelectedField => {
    const output = declared(selected.on, selected.node.name.value);
    const named = output && getNamedType(output);
    const path = [...above, selected.key];
    const isAsked = verdict.refusals.length === 0 && output && isCompositeType(named);
    const object = isAsked
      ? askObject(named, selected.sets, place, path.concat(Array(listDepth(output)).fill('@')))
      : null;
    return { ...selected, ...verdict, path, types, outputs, object };
  };

  const askObject = (
    type: GraphQLCompositeType,
    sets: readonly SelectionSetNode[],
    place: Place,
    path: readonly string[],
  ): SelectedObject => ({
    type,
    types: possibleTypes(schema, type),
    fields: collectFields({ schema, fragments, spend }, type, sets).flatMap((selected) =>
      shares(selected, place).map((share) => askField(selected, share, path)),
    ),
  });

  const root = schema.getRootType(operation.operation);
  if (!root) throw fault('VALIDATION', `The schema has no ${operation.operation}.`);
  return askObject(root, [operation.selectionSet], ROOT, []);
}
