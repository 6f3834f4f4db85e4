/** For frontend teams: what the graph says of itself. */
import { readFileSync } from 'node:fs';
import { withoutClauses } from '@chengxin/kit/schema/clauses';
import { SUPERGRAPH_FILE } from '@chengxin/gateway/supergraph-file';
import { cell } from '@chengxin/kit/privacy/matrix';
import type { Policy } from '@chengxin/kit/privacy/groups';
import {
  Kind,
  parse,
  visit,
  type FieldDefinitionNode,
  type ObjectTypeDefinitionNode,
} from 'graphql';
import { expect, test } from 'vitest';

const document = parse(readFileSync(SUPERGRAPH_FILE, 'utf8'));
const fields = document.definitions
  .filter((node): node is ObjectTypeDefinitionNode => node.kind === Kind.OBJECT_TYPE_DEFINITION)
  .flatMap((type) => (type.fields ?? []).map((field) => ({ type: type.name.value, field })));

function policiesOf(field: FieldDefinitionNode): string[] {
  const value = field.directives?.find(({ name }) => name.value === 'policy')?.arguments?.[0]
    ?.value;
  const [all] = value?.kind === Kind.LIST ? value.values : [];
  return all?.kind === Kind.LIST
    ? all.values.map((one) => (one.kind === Kind.STRING ? one.value : ''))
    : [];
}

test("every guarded field's description says its group and clause, or its action", () => {
  const silent = fields.filter(({ type, field }) => {
    const policies = policiesOf(field);
    if (!policies.length) return false;
    const last = field.description?.value.split('\n').at(-1);
    if (type === 'Mutation') return last !== `Action: ${policies.join(' and ')}.`;
    const named = policies.map(
      (policy) => `${policy} (${cell('PUBLIC', policy as Policy).clause})`,
    );
    return last !== `Group: ${named.join(' and ')}.`;
  });
  expect(silent.map(({ type, field }) => `${type}.${field.name.value}`)).toEqual([]);
});

test('the `id` of every mutation says of which type it is which field', () => {
  const ids = fields
    .filter(({ type }) => type === 'Mutation')
    .flatMap(({ field }) =>
      (field.arguments ?? [])
        .filter(({ name }) => name.value === 'id')
        .map(({ description }) => [field.name.value, description?.value] as const),
    );
  expect(ids.filter(([, text]) => !text).map(([mutation]) => mutation)).toEqual([]);
  expect(Object.fromEntries(ids)).toMatchObject({
    signAgreement: 'The `studentNo` of the Archive.',
    confirmProfile: 'The `studentNo` of the Archive.',
    activateAccount: 'The `subject` of the Account.',
    grantConsent: 'The `consentId` of the Consent.',
    signCommitment: 'The `id` of the Commitment.',
  });
});

/** Clauses of the texts that the product rests on; a client has none of them at hand. */
const CLAUSE =
  /\b(?:[GZ]\d+(?:\.\d+)*[a-z]?|(?:L|F|T|SC|INV)-\d+|R-[A-Z]{2,}|DOMAIN|ARCHITECTURE|PIPL|notes? \d+|\d\.\d[a-z]?\(\d+\)|Art\. ?\d+)\b|\((?:\d\.\d+[a-z]?|FG\d+)[,)]/;
/** The last line names the group, and beside it its code. */
const GROUP = /\nGroup: [^\n]*$|^Group: [^\n]*$/;

test('a description says what it means, and names no clause instead', () => {
  const naming: string[] = [];
  visit(document, {
    StringValue(node, key, parent) {
      if (key !== 'description') return;
      const [clause] = CLAUSE.exec(node.value.replace(GROUP, '')) ?? [];
      const { name } = parent as { name: { value: string } };
      if (clause) naming.push(`${name.value}: ${clause} in “${node.value}”`);
    },
  });
  expect(naming).toEqual([]);
});

test.each([
  ['The account (G7.2b).', 'The account.'],
  ['An appeal (申诉, G14).', 'An appeal (申诉).'],
  ['Grows (DOMAIN 3.7(15)) with each change.', 'Grows with each change.'],
  [
    'Signed promises by matter (G8.1); of an office, its own.',
    'Signed promises by matter; of an office, its own.',
  ],
  ['The report (3.4 note 7, SC-06).', 'The report.'],
  [
    'State of an exam violation (2.4, conduct record).',
    'State of an exam violation (conduct record).',
  ],
  ['Cheating in an exam (D1-05).', 'Cheating in an exam (D1-05).'],
  ['A code (bad D…) or (a (nested) one).', 'A code (bad D…) or (a (nested) one).'],
])('%s is published as: %s', (written, published) => {
  expect(withoutClauses(written)).toBe(published);
});

test('every operation says in words what it answers', () => {
  const bare = fields.filter(
    ({ type, field }) => type === 'Query' && (field.description?.value.split('\n').length ?? 0) < 2,
  );
  expect(bare.map(({ field }) => field.name.value)).toEqual([]);
});
