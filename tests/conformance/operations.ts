/** Random valid operations over any schema. */
import {
  astFromValue,
  getNamedType,
  getNullableType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  isUnionType,
  print,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';
import type { Request } from './side-by-side.js';
import type { Values } from './supergraph.js';

/** Draws a natural number below another. */
export type Draw = (below: number) => number;

export interface Drawn {
  readonly schema: GraphQLSchema;
  readonly draw: Draw;
  /** Names for aliases. */
  readonly aliases: readonly string[];
  /** How deep selections go. */
  readonly depth: number;
  /** Whether there are `@skip` and `@include`, as there are unless it is said. */
  readonly isConditional?: boolean;
}

/** Variables of an operation, as they are drawn. */
interface Variables {
  readonly declared: Map<string, string>;
  readonly values: Values;
}

const TEXTS = ['1', '2', '3', 'a', 'c1', 'x'];
const INPUT_DEPTH = 2;

/** Draws values of arguments: literals, and variables with or without default and value. */
function drawInput({ draw, isConditional = true }: Drawn, { declared, values }: Variables) {
  const one = <T>(all: readonly T[]): T => all[draw(all.length)]!;
  const isDrawn = (below: number): boolean => draw(below) === 0;
  const few = <T>(make: () => T): T[] => Array.from({ length: draw(3) }, make);

  const json = (type: GraphQLInputType, depth = INPUT_DEPTH): unknown => {
    if (isNonNullType(type)) return json(type.ofType, depth);
    if (isDrawn(6)) return null;
    return notNull(type, depth);
  };
  const notNull = (given: GraphQLInputType, depth: number): unknown => {
    const type = getNullableType(given);
    if (isListType(type)) return few(() => itemOf(type.ofType, depth));
    if (isEnumType(type)) return one(type.getValues()).name;
    if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields()).filter((field) => isGiven(field, depth));
      return Object.fromEntries(
        fields.map((field) => [field.name, itemOf(field.type, depth - 1)] as const),
      );
    }
    if (type.name === 'Boolean') return isDrawn(2);
    if (type.name === 'Int') return one([0, 1, 2, 2024]);
    return type.name === 'Float' ? one([0.5, 2]) : one(TEXTS);
  };
  const itemOf = (type: GraphQLInputType, depth: number): unknown =>
    isNonNullType(type) ? notNull(type, depth) : json(type, depth);
  const isGiven = (field: GraphQLInputField, depth: number): boolean =>
    isRequiredInputField(field) || (depth > 0 && isDrawn(2));

  const variable = (type: GraphQLInputType): string => {
    const name = `v${declared.size}`;
    const initial = isDrawn(3) ? astFromValue(itemOf(type, 1), type) : null;
    declared.set(name, `$${name}: ${String(type)}${initial ? ` = ${print(initial)}` : ''}`);
    if (!isDrawn(4) || (isNonNullType(type) && !initial)) values[name] = itemOf(type, INPUT_DEPTH);
    return `$${name}`;
  };

  const written = (type: GraphQLInputType, depth = INPUT_DEPTH): string => {
    if (isDrawn(4)) return variable(type);
    const nullable = getNullableType(type);
    if (isListType(nullable) && !isDrawn(4))
      return `[${few(() => written(nullable.ofType, depth)).join(', ')}]`;
    if (isInputObjectType(nullable)) {
      const fields = Object.values(nullable.getFields()).filter((field) => isGiven(field, depth));
      return `{ ${fields.map((field) => `${field.name}: ${written(field.type, depth - 1)}`).join(', ')} }`;
    }
    return print(astFromValue(itemOf(type, depth), type)!);
  };

  const argumentsOf = (args: readonly GraphQLArgument[]): string => {
    const given = args.filter((arg) => isRequiredArgument(arg) || isDrawn(2));
    return given.length > 0
      ? `(${given.map(({ name, type }) => `${name}: ${written(type)}`).join(', ')})`
      : '';
  };

  const condition = (): string => {
    const [literal, name] = [one(['true', 'false']), one(['yes', 'no', 'perhaps'])];
    if (isDrawn(4)) return literal;
    const type = name === 'perhaps' ? `Boolean = ${literal}` : 'Boolean!';
    if (!declared.has(name)) declared.set(name, `$${name}: ${type}`);
    if (name !== 'perhaps') values[name] = name === 'yes';
    return `$${name}`;
  };
  const conditions = (): string => {
    if (!isConditional || !isDrawn(5)) return '';
    const [first, second] = isDrawn(2) ? ['skip', 'include'] : ['include', 'skip'];
    const also = isDrawn(3) ? ` @${second}(if: ${condition()})` : '';
    return ` @${first}(if: ${condition()})${also}`;
  };
  return { argumentsOf, conditions };
}

/** Wrappers of a type, and its name when it is a leaf: what fields of one response key share. */
function shapeOf(type: GraphQLOutputType): string {
  const named = getNamedType(type);
  return isCompositeType(named) ? String(type).replace(named.name, '{}') : String(type);
}

interface Taken {
  readonly type: GraphQLCompositeType;
  readonly field: string;
  readonly args: string;
  readonly shape: string;
}

/** Whether two fields may stand under one response key. */
function isMerging(one: Taken, other: Taken): boolean {
  if (one.shape !== other.shape) return false;
  if (one.field === other.field && one.args === other.args) return true;
  return isObjectType(one.type) && isObjectType(other.type) && one.type !== other.type;
}

/** Draws an operation. Nearly all are valid; fragments that are used twice may be in conflict. */
export function drawOperation(drawn: Drawn): Request {
  const { schema, draw, aliases, depth: deepest } = drawn;
  const variables: Variables = { declared: new Map(), values: {} };
  const { argumentsOf, conditions } = drawInput(drawn, variables);
  const fragments: { readonly type: GraphQLCompositeType; text: string }[] = [];
  const taken = new Map<string, Taken[]>();
  const one = <T>(all: readonly T[]): T => all[draw(all.length)]!;
  const isDrawn = (below: number): boolean => draw(below) === 0;

  const fieldOf = (type: GraphQLCompositeType, path: string, depth: number): string => {
    const all = isUnionType(type) ? [] : Object.values(type.getFields());
    const isLeaf = (field: GraphQLField<unknown, unknown>) =>
      !isCompositeType(getNamedType(field.type));
    const fields = depth > 0 ? all : all.filter(isLeaf);
    if (fields.length === 0 || isDrawn(10))
      return `${isDrawn(3) ? `kind${draw(2)}: ` : ''}__typename${conditions()}`;
    const field = one(fields);
    const alias = isDrawn(4) && aliases.length > 0 ? one(aliases) : field.name;
    const shape = shapeOf(field.type);
    const places = taken.get(`${path}.${alias}`) ?? [];
    const same = places.find((place) => place.type === type && place.field === field.name);
    const args = same?.args ?? argumentsOf(field.args);
    const here: Taken = { type, field: field.name, args, shape };
    const isFree = places.every((place) => isMerging(place, here));
    const key = isFree ? alias : `${field.name}${taken.size}`;
    taken.set(`${path}.${key}`, [...(taken.get(`${path}.${key}`) ?? []), here]);
    const named = getNamedType(field.type);
    const below = isCompositeType(named) ? objectOf(named, `${path}.${key}`, depth - 1) : '';
    return `${key === field.name ? '' : `${key}: `}${field.name}${args}${conditions()}${below}`;
  };

  /** Of an object something that no condition leaves out: gateways need not fetch an empty one. */
  const objectOf = (type: GraphQLCompositeType, path: string, depth: number): string => {
    const texts = selections(type, path, depth);
    return isObjectType(type)
      ? texts.replace(' { ', ` { ${one(['__typename', 'sure: __typename'])} `)
      : texts;
  };

  const narrowed = (type: GraphQLCompositeType): GraphQLCompositeType => {
    const types = isAbstractType(type) ? schema.getPossibleTypes(type) : type.getInterfaces();
    return types.length > 0 && !isDrawn(3) ? one<GraphQLCompositeType>(types) : type;
  };

  const spreadOf = (type: GraphQLCompositeType, path: string, depth: number): string => {
    const known = fragments.findIndex((fragment) => fragment.type === type && fragment.text !== '');
    if (known !== -1 && isDrawn(2)) return `...F${known}${conditions()}`;
    const on = narrowed(type);
    const fragment = { type: on, text: '' };
    const name = `F${fragments.push(fragment) - 1}`;
    fragment.text = `fragment ${name} on ${on.name}${selections(on, path, depth - 1)}`;
    return `...${name}${conditions()}`;
  };

  const selectionOf = (type: GraphQLCompositeType, path: string, depth: number): string => {
    const kind = depth > 0 ? draw(isUnionType(type) ? 4 : 10) : 9;
    if (kind === 0) return spreadOf(type, path, depth);
    if (kind > 2 && !isUnionType(type)) return fieldOf(type, path, depth);
    const on = narrowed(type);
    const condition = on === type && isDrawn(2) ? '' : ` on ${on.name}`;
    return `...${condition}${conditions()}${selections(on, path, depth - 1)}`;
  };

  const selections = (type: GraphQLCompositeType, path: string, depth: number): string => {
    const count = 1 + draw(4);
    const texts = Array.from({ length: count }, () => selectionOf(type, path, depth));
    return ` { ${texts.join(' ')} }`;
  };

  const mutation = isDrawn(3) ? schema.getMutationType() : null;
  const root = mutation ?? schema.getQueryType()!;
  const body = selections(root, '', deepest);
  const about = !mutation && isDrawn(8) ? ' { __schema { queryType { name } } ' : ' { ';
  const declared = [...variables.declared.values()].join(', ');
  const operation = mutation ? 'mutation' : 'query';
  const texts = [
    `${operation} Drawn${declared && `(${declared})`}${body.replace(' { ', about)}`,
    ...fragments.map(({ text }) => text),
  ];
  const isOneOfTwo = isDrawn(6);
  return {
    query: [...(isOneOfTwo ? ['query Other { __typename }'] : []), ...texts].join('\n'),
    variables: variables.values,
    ...(isOneOfTwo && { operationName: 'Drawn' }),
  };
}
