/** How many students a request names. Pure, and linear in the text. Source: DOMAIN 3.6, 3.7(10). */
import { Kind, visit, type DocumentNode, type ValueNode } from 'graphql';

/** Arguments and keys of input objects that name a student, or several. */
const NAMING = /^studentNos?$/;

type Variables = Readonly<Record<string, unknown>>;

/** Those that a value names: a number, or a list of them. */
function numbersIn(value: unknown): string[] {
  if (typeof value === 'string' || typeof value === 'number') return [String(value)];
  return Array.isArray(value) ? value.flatMap(numbersIn) : [];
}

/** Those under the keys of input objects. The depth of variables is bounded before. */
function namedIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, below]) =>
    NAMING.test(key) ? numbersIn(below) : namedIn(below),
  );
}

/** A literal with its variables filled in. */
function valueOf(literal: ValueNode, variables: Variables): unknown {
  if (literal.kind === Kind.STRING || literal.kind === Kind.INT) return literal.value;
  if (literal.kind === Kind.VARIABLE) return variables[literal.name.value];
  return literal.kind === Kind.LIST
    ? literal.values.map((one) => valueOf(one, variables))
    : undefined;
}

/** Values of variables: what was sent, or the default. */
function withDefaults(document: DocumentNode, given: Variables): Variables {
  const values: Record<string, unknown> = Object.create(null);
  visit(document, {
    VariableDefinition({ variable, defaultValue }) {
      if (defaultValue) values[variable.name.value] = valueOf(defaultValue, {});
    },
  });
  return Object.assign(values, given);
}

/** Different students, once each however often they are named. */
export function studentsNamed(document: DocumentNode, given: Variables): number {
  const variables = withDefaults(document, given);
  const numbers = new Set(Object.values(given).flatMap(namedIn));
  const add = (name: string, literal: ValueNode): void => {
    if (!NAMING.test(name)) return;
    for (const one of numbersIn(valueOf(literal, variables))) numbers.add(one);
  };
  visit(document, {
    Argument: ({ name, value }) => add(name.value, value),
    ObjectField: ({ name, value }) => add(name.value, value),
  });
  return numbers.size;
}
