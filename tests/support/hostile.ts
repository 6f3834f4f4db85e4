/** Requests that are made to cost, not to be answered: each with its mirror images (DOMAIN 3.7(10)). */
import type { LimitName } from '@chengxin/gateway/limits/request-limits';

export interface HostileRequest {
  readonly name: string;
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** The limit that ends it, for callers without a login and with one; none where it is answered. */
  readonly limit: readonly [anonymous: LimitName | null, loggedIn: LimitName | null];
}

const times = (count: number, part: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => part(i)).join(' ');
const keys = (count: number): Record<string, number> =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i}`, i]));
/** `[[[…]]]`, so that its own making needs no stack. */
const nested = (depth: number, wrap: (inner: unknown) => unknown): unknown => {
  let value: unknown = 1;
  for (let i = 0; i < depth; i += 1) value = wrap(value);
  return value;
};
const both = (limit: LimitName | null): HostileRequest['limit'] => [limit, limit];

const CODES = 'codeSets { codes { code zh en } }';
const FILTERED = 'query ($f: StudentFilter) { students(filter: $f) { nodes { name } } }';
/** Fragments of which each spreads the next one twice, as said. */
const chain = (length: number, spread: (next: string, i: number) => string, last = CODES): string =>
  `{ ...F0 } ${times(length, (i) => `fragment F${i} on Query { ${i + 1 < length ? spread(`F${i + 1}`, i) : last} }`)}`;
const conditional = (length: number): HostileRequest => {
  const names = Array.from({ length: length - 1 }, (_, i) => [`a${i}`, `b${i}`]).flat();
  const spread = (next: string, i: number) =>
    `...${next} @include(if: $a${i}) ...${next} @include(if: $b${i})`;
  const query = `query (${names.map((name) => `$${name}: Boolean!`).join(' ')}) ${chain(length, spread)}`;
  const variables = Object.fromEntries(names.map((name) => [name, true]));
  return {
    name: `${length} fragments in a chain, two conditions each`,
    query,
    variables,
    limit: ['directives', 'conditions'],
  };
};

const IN_VARIABLES: readonly HostileRequest[] = [
  {
    name: '3000 unknown keys in a variable',
    query: FILTERED,
    variables: { f: keys(3000) },
    limit: ['variableLength', 'variableKeys'],
  },
  {
    name: '15 000 unknown keys in a variable',
    query: FILTERED,
    variables: { f: keys(15_000) },
    limit: both('variableLength'),
  },
  {
    name: '3000 unknown keys in a list in a variable',
    query: 'query ($f: [StudentFilter]) { students(filter: $f) { nodes { name } } }',
    variables: { f: Array.from({ length: 30 }, () => keys(100)) },
    limit: ['variableLength', 'variableKeys'],
  },
  {
    name: '3000 unknown keys below one another',
    query: FILTERED,
    variables: { f: nested(3000, (x) => ({ x })) },
    limit: both('variableKeys'),
  },
  {
    name: 'lists within one another in a variable',
    query: FILTERED,
    variables: { f: nested(20, (x) => [x]) },
    limit: both('variableDepth'),
  },
  {
    name: '20 000 items in a variable',
    query: 'query ($n: [ID!]) { students(studentNos: $n) { nodes { name } } }',
    variables: { n: Array.from({ length: 20_000 }, () => 1) },
    limit: both('variableLength'),
  },
  {
    name: '1100 items in a variable',
    query: 'query ($n: [Int!]) { students(studentNos: $n) { nodes { name } } }',
    variables: { n: Array.from({ length: 1100 }, () => 1) },
    limit: ['variableLength', 'variableItems'],
  },
  {
    name: '2000 variables that are not declared',
    query: '{ __typename }',
    variables: keys(2000),
    limit: ['variableLength', 'variableKeys'],
  },
  {
    name: '2000 variables that are declared',
    query: `query (${times(2000, (i) => `$k${i}: Int`)}) { __typename }`,
    limit: ['queryLength', 'tokens'],
  },
  {
    name: '200 variables that are declared',
    query: `query (${times(200, (i) => `$k${i}: Int`)}) { __typename }`,
    limit: both('variables'),
  },
];

const IN_LITERALS: readonly HostileRequest[] = [
  {
    name: '3000 unknown keys in a literal',
    query: `{ students(filter: { ${times(3000, (i) => `k${i}: ${i}`)} }) { nodes { name } } }`,
    limit: ['queryLength', 'tokens'],
  },
  {
    name: '1200 unknown keys in a literal',
    query: `{ students(filter: { ${times(1200, (i) => `k${i}:1`)} }) { nodes { name } } }`,
    limit: ['queryLength', null],
  },
  {
    name: '1000 items in a list of a literal',
    query: `{ students(filter: [${times(1000, (i) => `{k${i}:1}`)}]) { nodes { name } } }`,
    limit: ['queryLength', 'tokens'],
  },
  {
    name: 'input objects within one another',
    query: `{ students(filter: ${'{a:'.repeat(2000)}1${'}'.repeat(2000)}) { nodes { name } } }`,
    limit: ['queryLength', 'tokens'],
  },
  {
    name: 'a hundred lists within one another',
    query: `{ students(filter: ${'['.repeat(100)}1${']'.repeat(100)}) { nodes { name } } }`,
    limit: both('nesting'),
  },
  {
    name: 'a hundred lists within one another in a type',
    query: `query ($a: ${'['.repeat(100)}Int${']'.repeat(100)}) { __typename }`,
    limit: both('nesting'),
  },
  {
    name: 'a text of 200 KB',
    query: `{ students(filter: { name: "${'x'.repeat(200_000)}" }) { nodes { name } } }`,
    limit: both('queryLength'),
  },
  {
    name: 'a comment of 200 KB',
    query: `{ __typename } #${'x'.repeat(200_000)}`,
    limit: both('queryLength'),
  },
];

const IN_SELECTIONS: readonly HostileRequest[] = [
  {
    name: 'all code sets under 100 aliases',
    query: `{ ${times(100, (i) => `a${i}: ${CODES}`)} }`,
    limit: ['tokens', 'officeCost'],
  },
  {
    name: 'all code sets under 15 aliases',
    query: `{ ${times(15, (i) => `a${i}: ${CODES}`)} }`,
    limit: both('officeCost'),
  },
  {
    name: 'all codes under 15 aliases within one list',
    query: `{ codeSets { ${times(15, (i) => `a${i}: codes { code zh en }`)} } }`,
    limit: both('officeCost'),
  },
  {
    name: 'all code sets by a fragment under 15 aliases',
    query: `{ ${times(15, (i) => `a${i}: codeSets { ...C }`)} } fragment C on CodeSet { codes { code zh en } }`,
    limit: both('officeCost'),
  },
  {
    name: 'a page of a hundred over four offices, twice',
    query: `{ ${times(2, (i) => `a${i}: students(first: 100) { nodes { studentNo arrears { category } academicSummary { gpa rankBand } cadrePosts { post level } } }`)} }`,
    limit: [null, 'cost'],
  },
  {
    name: '30 students over four offices',
    query: `{ ${times(30, (i) => `a${i}: student(studentNo: "${2024010000 + i}") { arrears { category } academicSummary { gpa } cadrePosts { post } }`)} }`,
    limit: ['aliases', 'calls'],
  },
  {
    name: '2500 root aliases',
    query: `{ ${times(2500, (i) => `a${i}: __typename`)} }`,
    limit: ['queryLength', 'tokens'],
  },
  {
    name: '1000 root aliases',
    query: `{ ${times(1000, (i) => `a${i}:me{person{id}}`)} }`,
    limit: ['queryLength', 'tokens'],
  },
  {
    name: '250 root aliases',
    query: `{ ${times(250, (i) => `a${i}:me{person{id}}`)} }`,
    limit: ['tokens', 'aliases'],
  },
  {
    name: '150 root fields by a fragment',
    query: `{ ...F } fragment F on Query { ${times(150, (i) => `a${i}: __typename`)} }`,
    limit: ['aliases', 'rootFields'],
  },
  {
    name: '250 KB of one repeated field',
    query: `{ ${times(31_000, () => 'codeSets')} }`,
    limit: both('queryLength'),
  },
  {
    name: '4000 times one field',
    query: `{ codeSets { ${times(4000, () => 'name')} } }`,
    limit: ['queryLength', 'selections'],
  },
  {
    name: '350 times one field',
    query: `{ codeSets { ${times(350, () => 'name')} } }`,
    limit: both('repeats'),
  },
  {
    name: 'one field repeated on three levels',
    query: `{ ${times(9, () => `codeSets { ${times(9, () => `codes { ${times(9, () => 'zh')} }`)} }`)} }`,
    limit: ['tokens', 'repeats'],
  },
  {
    name: 'one field repeated in inline fragments',
    query: `{ codeSets { ${times(350, () => '... { name }')} } }`,
    limit: ['tokens', 'repeats'],
  },
  {
    name: 'one field repeated by a fragment',
    query: `{ codeSets { ${times(900, () => '...N')} } } fragment N on CodeSet { name }`,
    limit: ['tokens', 'selections'],
  },
  {
    name: 'selections within one another',
    query: `{ ${'student(studentNo:"1"){arrears{'.repeat(1000)}x${'}'.repeat(2000)} }`,
    limit: ['queryLength', 'tokens'],
  },
  {
    name: '200 selections within one another',
    query: `{ ${'a{'.repeat(200)}x${'}'.repeat(200)} }`,
    limit: both('nesting'),
  },
  {
    name: '15 selections within one another',
    query: `{ ${'a{'.repeat(15)}x${'}'.repeat(15)} }`,
    limit: both('depth'),
  },
  {
    name: '500 directives',
    query: `{ __typename ${times(500, () => '@include(if: true)')} }`,
    limit: ['queryLength', 'directives'],
  },
  {
    name: '1000 operations',
    query: times(1000, (i) => `query Q${i} { __typename }`),
    limit: ['queryLength', 'operations'],
  },
  {
    name: '100 operations',
    query: times(100, (i) => `query Q${i} { __typename }`),
    limit: both('operations'),
  },
  {
    name: '101 students in a literal each',
    query: `{ ${times(101, (i) => `a${i}: student(studentNo: "${2024010000 + i}") { name }`)} }`,
    limit: ['tokens', 'students'],
  },
  {
    name: '101 students in a variable each, or its default',
    query: `query (${times(100, (i) => `$n${i}: ID! = "${2024010000 + i}"`)}) { ${times(100, (i) => `a${i}: student(studentNo: $n${i}) { name }`)} b: student(studentNo: "1") { name } }`,
    limit: ['tokens', 'students'],
  },
  {
    name: '101 students in a filter of a variable',
    query: 'query ($f: [AccessLogFilter!]) { accessLog(filter: $f) { nodes { at } } }',
    variables: { f: Array.from({ length: 101 }, (_, i) => ({ studentNo: String(i) })) },
    limit: ['variableKeys', 'students'],
  },
];

const TWICE = (next: string, i: number): string => `...${next} f${i}: __typename ...${next}`;

const IN_FRAGMENTS: readonly HostileRequest[] = [
  conditional(10),
  {
    name: 'nine conditions on one level',
    query: `query (${times(9, (i) => `$v${i}: Boolean!`)}) { ${times(9, (i) => `a${i}: codeSets @include(if: $v${i}) { name }`)} }`,
    variables: Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`v${i}`, true])),
    limit: both('conditions'),
  },
  {
    name: 'fragments that spread the next one twice',
    query: chain(24, TWICE, '__typename'),
    limit: ['fragments', 'selections'],
  },
  {
    name: 'fragments that spread the next one twice, few',
    query: chain(9, TWICE, '__typename'),
    limit: ['selections', 'rootFields'],
  },
  {
    name: '7000 fragments in a chain',
    query: chain(7000, (next) => `...${next}`),
    limit: both('queryLength'),
  },
  {
    name: '100 fragments in a chain',
    query: chain(100, (next) => `...${next}`),
    limit: both('fragments'),
  },
  {
    name: 'fragments that lead back to themselves',
    query: '{ ...A } fragment A on Query { ...B ...B } fragment B on Query { ...A ...A }',
    limit: both(null),
  },
  {
    name: '200 fragments that nobody spreads',
    query: `{ __typename } ${times(200, (i) => `fragment F${i} on Query { __typename }`)}`,
    limit: ['tokens', 'fragments'],
  },
];

export const HOSTILE: readonly HostileRequest[] = [
  ...IN_VARIABLES,
  ...IN_LITERALS,
  ...IN_SELECTIONS,
  ...IN_FRAGMENTS,
];

/** The dearest of what is answered, where a limit is just not reached. */
export const DEAREST: readonly HostileRequest[] = [
  { name: 'all code sets', query: `{ ${CODES} }`, limit: both(null) },
  {
    name: 'as many aliases as may be',
    query: `{ ${times(20, (i) => `a${i}: codeSets(name: "x") { name }`)} }`,
    limit: both(null),
  },
  {
    name: 'students under aliases, as many calls as may be',
    query: `{ ${times(26, (i) => `a${i}: student(studentNo: "${2024010000 + i}") { name arrears { category } academicSummary { gpa } cadrePosts { post } }`)} }`,
    limit: ['aliases', null],
  },
  {
    name: 'a page of a hundred, four offices',
    query: `{ ${times(1, (i) => `a${i}: students(first: 100) { nodes { studentNo name classCode arrears { category } academicSummary { gpa rankBand } cadrePosts { post level } } }`)} }`,
    limit: both(null),
  },
  {
    name: 'fragments in a chain with as many conditions as may be',
    query: `query (${times(4, (i) => `$v${i}: Boolean!`)}) ${chain(3, (next, i) => `...${next} @include(if: $v${2 * i}) ...${next} @include(if: $v${2 * i + 1})`, 'codeSets { name }')}`,
    variables: Object.fromEntries(Array.from({ length: 4 }, (_, i) => [`v${i}`, true])),
    limit: ['conditions', null],
  },
  {
    name: 'students in as many conditions as may be',
    query: `query (${times(4, (i) => `$v${i}: Boolean!`)}) { ${times(39, (i) => `a${i}: student(studentNo: "${2024010000 + i}") @include(if: $v${i % 4}) { name arrears @skip(if: $v${(i + 1) % 4}) { category } academicSummary { gpa } }`)} }`,
    variables: Object.fromEntries(Array.from({ length: 4 }, (_, i) => [`v${i}`, i % 2 === 0])),
    limit: ['tokens', null],
  },
  {
    name: 'as many repeats as may be',
    query: `{ codeSets { ${times(290, () => 'name')} } }`,
    limit: ['repeats', null],
  },
  {
    name: 'as many selections as may be',
    query: `{ ${times(50, (i) => `a${i}: student(studentNo: "${2024010000 + i}") { ...S ...S }`)} } fragment S on Student { name classCode ${times(10, (i) => `x${i}: name`)} }`,
    limit: ['aliases', null],
  },
];
