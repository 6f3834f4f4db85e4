/** Scalars of the graph. They are identical in every office, so the supergraph has each of them once. */
import {
  GraphQLError,
  GraphQLScalarType,
  isScalarType,
  Kind,
  type GraphQLSchema,
  type ValueNode,
} from 'graphql';

const textOf = (node: ValueNode): unknown => (node.kind === Kind.STRING ? node.value : undefined);

/** Where the form of each scalar is written down; for `@specifiedBy`, which composition drops. */
export const SPECIFIED_BY: Readonly<Record<string, string>> = {
  Date: 'https://www.rfc-editor.org/rfc/rfc3339#section-5.6',
  DateTime: 'https://www.rfc-editor.org/rfc/rfc3339#section-5.6',
  Decimal: 'https://www.w3.org/TR/xmlschema-2/#decimal',
};

/** Whether a calendar day of this form exists, from the year 1 on: `2027-02-30` does not. */
function isDay(text: string): boolean {
  const at = new Date(`${text}T00:00:00Z`);
  return !text.startsWith('0000') && !Number.isNaN(+at) && at.toISOString().startsWith(text);
}
const DAY_LENGTH = 'YYYY-MM-DD'.length;
const isInstant = (text: string): boolean =>
  isDay(text.slice(0, DAY_LENGTH)) && !Number.isNaN(Date.parse(text));

/** A scalar that is text of a certain form on the wire. */
function textScalar(
  name: string,
  description: string,
  form: RegExp,
  exists: (text: string) => boolean = () => true,
): GraphQLScalarType<string, string> {
  const parse = (value: unknown): string => {
    if (typeof value === 'string' && form.test(value) && exists(value)) return value;
    throw new GraphQLError(`${name}: ${description}`, { extensions: { code: 'VALIDATION' } });
  };
  return new GraphQLScalarType<string, string>({
    name,
    description,
    specifiedByURL: SPECIFIED_BY[name] ?? null,
    serialize: (value) => (value instanceof Date ? value.toISOString() : String(value)),
    parseValue: parse,
    parseLiteral: (node) => parse(textOf(node)),
  });
}

/** Calendar day at +08:00. Source: DOMAIN 2.1. */
export const Day = textScalar(
  'Date',
  'Calendar day at +08:00, YYYY-MM-DD.',
  /^\d{4}-\d{2}-\d{2}$/,
  isDay,
);

/** Instant, in UTC. Source: DOMAIN 2.1. */
export const Instant = textScalar(
  'DateTime',
  'Instant in UTC, ISO 8601.',
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/,
  isInstant,
);

/** Exact decimal number as text. Source: DOMAIN 2.1. */
export const Decimal = textScalar('Decimal', 'Exact decimal number as text.', /^-?\d+(\.\d+)?$/);

/** The archive's decision on a student; made by the archive, brought along by the planner. */
export const AccessDecision = new GraphQLScalarType<string, string>({
  name: 'AccessDecision',
  description: "The archive's decision on one student, for the offices alone.",
  serialize: String,
  parseValue: String,
  extensions: { directives: { inaccessible: {} } },
});

const CHECKED = [Day, Instant, Decimal];

/**
 * Give the scalars of a composed schema back what composition dropped: where their form is written
 * down, and the check of it, so that the gateway refuses a value before an office does.
 */
export function specifyScalars(schema: GraphQLSchema): void {
  for (const { name, specifiedByURL, parseValue, parseLiteral } of CHECKED) {
    const scalar = schema.getType(name);
    if (isScalarType(scalar)) Object.assign(scalar, { specifiedByURL, parseValue, parseLiteral });
  }
}
