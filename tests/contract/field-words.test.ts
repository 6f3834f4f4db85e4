/** Every field of a person's own copy has a Chinese word beside its name (L-11). */
import { readFileSync } from 'node:fs';
import { ownPage, ownRecords } from '@chengxin/gateway/export/own-operation';
import { FIELD_WORDS, wordOf } from '@chengxin/gateway/export/pdf/field-words';
import { buildSchema, parse, visit } from 'graphql';
import { expect, test } from 'vitest';

const FILE = new URL('../../gateway/client.graphql', import.meta.url);
const schema = buildSchema(readFileSync(FILE, 'utf8'));
/** What holds the records, and is none of them. */
const AROUND = ['me', 'student', 'myAccessLog', 'operationLog', 'nodes', 'pageInfo'];
const OF_PAGES = ['hasNextPage', 'endCursor'];
/** The number of a record of an office that `npm run new-office` makes. */
const OF_NEW_OFFICES = 'recordNo';
/** Plain items of the student stand under this heading. */
const HEADING = 'profile';

function fieldsOfCopy(): Set<string> {
  const names = new Set<string>([HEADING]);
  for (const text of [
    ownRecords(schema),
    ownPage(schema, 'myAccessLog', 'AccessEvent'),
    ownPage(schema, 'operationLog', 'OperationLog'),
  ])
    visit(parse(text), { Field: ({ name }) => void names.add(name.value) });
  return names.difference(new Set([...AROUND, ...OF_PAGES]));
}

test('each field has a word, and no word is of none', () => {
  const fields = fieldsOfCopy();
  expect(fields.size).toBeGreaterThan(300);
  expect([...fields].filter((field) => !/\p{Script=Han}/u.test(wordOf(field) ?? ''))).toEqual([]);
  const isUsed = (field: string) =>
    [field, `${field}Masked`].some((name) => fields.has(name)) || field === OF_NEW_OFFICES;
  expect(Object.keys(FIELD_WORDS).filter((field) => !isUsed(field))).toEqual([]);
});

test('a masked field is that of the field, and masked', () => {
  expect([wordOf('gpa'), wordOf('gpaMasked'), wordOf('noneMasked'), wordOf('none')]).toEqual([
    '平均绩点',
    '平均绩点（已遮蔽）',
    undefined,
    undefined,
  ]);
});
