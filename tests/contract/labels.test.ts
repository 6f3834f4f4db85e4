/** Every value of every enum has words, in Chinese and English, in the schema and at run time (F-10). */
import { readFileSync } from 'node:fs';
import { SUPERGRAPH_FILE } from '@chengxin/gateway/supergraph-file';
import { describeValue, LABELS } from '@chengxin/kit/schema/labels';
import { purposesOf } from '@chengxin/kit/privacy/purposes';
import { ROLES } from '@chengxin/kit/privacy/roles';
import { Kind, parse, type EnumTypeDefinitionNode } from 'graphql';
import { describe, expect, test } from 'vitest';

const enums = parse(readFileSync(SUPERGRAPH_FILE, 'utf8')).definitions.filter(
  (node): node is EnumTypeDefinitionNode =>
    node.kind === Kind.ENUM_TYPE_DEFINITION && !node.name.value.includes('__'),
);
const values = enums.flatMap((type) =>
  (type.values ?? []).map((value) => ({ type: type.name.value, value })),
);
const HAN = /\p{Script=Han}/u;

describe('Words for values (F-10)', () => {
  test('the table has each value of the graph, each role and each purpose once, and no other', () => {
    const roles = ROLES.map((role) => `Role.${role}`);
    const purposes = ROLES.flatMap((role) => purposesOf(role).map(({ name }) => `Purpose.${name}`));
    const expected = [
      ...values.map(({ type, value }) => `${type}.${value.name.value}`),
      ...roles,
      ...new Set(purposes),
    ];
    const written = LABELS.map(({ type, value }) => `${type}.${value}`);
    expect(written.toSorted()).toEqual(expected.toSorted());
  });

  test('each has words in both languages, and no two values of a type have the same', () => {
    const wrong = LABELS.filter(({ zh, en }) => !(HAN.test(zh) || /^\p{L}/u.test(zh)) || !en);
    expect(wrong).toEqual([]);
    for (const language of ['zh', 'en'] as const) {
      const words = LABELS.map((label) => `${label.type}: ${label[language]}`);
      expect(words.filter((word, i) => words.indexOf(word) !== i)).toEqual([]);
    }
  });

  test('the schema describes each value by these words', () => {
    const silent = values.filter(
      ({ type, value }) =>
        value.description?.value.split('\n')[0] !== describeValue(type, value.name.value),
    );
    expect(silent.map(({ type, value }) => `${type}.${value.name.value}`)).toEqual([]);
  });

  test('a value without words stops the office, by its name', () => {
    expect(() => describeValue('BillItem', 'BOOKS')).toThrow(
      'The office does not start: labels.csv has no words for BillItem.BOOKS.',
    );
  });
});
