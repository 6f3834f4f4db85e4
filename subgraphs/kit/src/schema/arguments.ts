/**
 * Arguments: what each of them reads, checked when the process starts, refused when it is
 * requested.
 */
import {
  defaultFieldResolver,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isObjectType,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLSchema,
} from 'graphql';
import type { Context } from '../call/context.js';
import { fault } from '../errors.js';
import type { Policy } from '../privacy/groups.js';
import { guardsByName, type GuardedField, type Guards } from './guards.js';
import type { ArgumentReads, ReadUnder } from './reads.js';
import type { Role } from '../privacy/roles.js';
import { policiesOf, seesWhole } from '../privacy/whole.js';

/** One argument, or one field of its input, with the fields that it reads. */
export interface ReadArgument {
  /** `filter.student.name` */
  readonly path: string;
  /** By the value that is given; under `*` whatever the value is. */
  readonly reads: Readonly<Record<string, readonly FieldRead[]>>;
}
type FieldRead = string | ReadUnder;
/** Arguments of `Query.bills`, and so on. */
export type ReadArguments = ReadonlyMap<string, readonly ReadArgument[]>;

/** Where a page begins and how long it is: they read nothing of a row. */
const PAGING: ReadonlySet<string> = new Set(['first', 'after']);
const ANY = '*';

type Argument = GraphQLArgument | GraphQLInputField;
const markOf = (on: { readonly extensions: object }): unknown =>
  (on.extensions as { reads?: unknown }).reads;

/** The mark of one argument as fields by value. */
function byValue(mark: ArgumentReads): Record<string, readonly FieldRead[]> {
  if (typeof mark === 'string' || Array.isArray(mark)) return { [ANY]: [mark].flat() };
  const fields = Object.entries(mark as Record<string, FieldRead | readonly FieldRead[]>);
  return Object.fromEntries(fields.map(([value, some]) => [value, [some].flat()]));
}

/** A read under predicates, whatever way it was written. */
const underOf = (read: FieldRead): ReadUnder =>
  typeof read === 'string' ? { field: read, under: [] } : read;

class Faults {
  readonly found: string[] = [];
  constructor(private readonly guards: Guards) {}

  /** What is wrong with the mark of one argument, in words. */
  check(where: string, argument: Argument, reads: ReadArgument['reads']): void {
    for (const name of new Set(
      Object.values(reads)
        .flat()
        .map((read) => underOf(read).field),
    ))
      if (!policiesOf(this.guards, name))
        this.found.push(`${where} reads ${name}, which no table and no type has`);
    const type = getNamedType(argument.type);
    if (ANY in reads) return;
    const values = isEnumType(type) ? type.getValues().map(({ name }) => name) : [];
    if (values.toSorted().join() !== Object.keys(reads).toSorted().join())
      this.found.push(`${where} does not say for each value what it reads`);
  }
}

/** An argument with all fields of its input, each by its own mark. */
function leavesOf(
  where: string,
  path: string,
  argument: Argument,
  mark: unknown,
  faults: Faults,
): ReadArgument[] {
  const type = getNamedType(argument.type);
  if (mark === undefined && isInputObjectType(type))
    return Object.values(type.getFields()).flatMap((field) =>
      leavesOf(where, `${path}.${field.name}`, field, markOf(field), faults),
    );
  if (mark === undefined) {
    faults.found.push(`${where}(${path}) names no field that it reads`);
    return [];
  }
  const reads = byValue(mark as ArgumentReads);
  faults.check(`${where}(${path})`, argument, reads);
  return [{ path, reads }];
}

/**
 * What each argument reads.
 *
 * @throws Error naming each argument that does not say it.
 */
export function readArguments(
  schema: GraphQLSchema,
  guarded: readonly GuardedField[],
): ReadArguments {
  const faults = new Faults(guardsByName(guarded));
  const found = new Map<string, ReadArgument[]>();
  for (const { type, field } of guarded) {
    if (type === schema.getMutationType()) continue;
    const where = `${type.name}.${field.name}`;
    const marks = (markOf(field) ?? {}) as Record<string, unknown>;
    const leaves = field.args
      .filter(({ name }) => !PAGING.has(name))
      .flatMap((argument) =>
        leavesOf(where, argument.name, argument, marks[argument.name], faults),
      );
    if (leaves.length) found.set(where, leaves);
  }
  if (faults.found.length)
    throw new Error(`The office does not start: ${faults.found.join('; ')}.`);
  return found;
}

/** What was given for an argument, be it several values. */
function given(args: unknown, path: string): unknown[] {
  let value = args;
  for (const name of path.split('.')) value = (value as Record<string, unknown> | null)?.[name];
  return [value].flat().filter((one) => one !== undefined && one !== null);
}

const policiesOfList = (guard: GuardedField['guard']): readonly Policy[] =>
  guard.kind === 'group' ? guard.policies : [];

/** Before a list is read: an argument that reads what the caller does not see whole is refused. */
export function checkArguments(
  schema: GraphQLSchema,
  guarded: readonly GuardedField[],
  argumentsOf: ReadArguments,
): void {
  const guards = guardsByName(guarded);
  const isOpen = (role: Role, read: FieldRead, ofList: readonly Policy[]) => {
    const { field, under } = underOf(read);
    return seesWhole(role, policiesOf(guards, field) ?? [], field, { ofList, under });
  };
  for (const { type, field, guard } of guarded) {
    const leaves = argumentsOf.get(`${type.name}.${field.name}`);
    const own = schema.getType(type.name);
    const target = isObjectType(own) ? own.getFields()[field.name] : undefined;
    if (!leaves || !target) continue;
    const ofList = policiesOfList(guard);
    const resolve = target.resolve ?? defaultFieldResolver;
    target.resolve = (parent, args, ctx: Context, info) => {
      for (const { path, reads } of leaves)
        for (const value of given(args, path)) {
          const fields = reads[ANY] ?? reads[String(value)] ?? [];
          if (!fields.every((read) => isOpen(ctx.identity.role, read, ofList)))
            throw fault('VALIDATION', path);
        }
      return resolve(parent, args, ctx, info);
    };
  }
}
