/** For frontend teams: what the graph says of itself. */
import { readFileSync } from 'node:fs';
import { SUPERGRAPH_FILE } from '@chengxin/gateway/supergraph-file';
import { cell } from '@chengxin/kit/privacy/matrix';
import type { Policy } from '@chengxin/kit/privacy/groups';
import { Kind, parse, type FieldDefinitionNode, type ObjectTypeDefinitionNode } from 'graphql';
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

test("every guarded field's description says its group and clause", () => {
  const silent = fields.filter(({ field }) => {
    const policies = policiesOf(field);
    if (!policies.length) return false;
    const named = policies.map(
      (policy) => `${policy} (${cell('PUBLIC', policy as Policy).clause})`,
    );
    return field.description?.value.split('\n').at(-1) !== `Group: ${named.join(' and ')}.`;
  });
  expect(silent.map(({ type, field }) => `${type}.${field.name.value}`)).toEqual([]);
});

test('every operation says in words what it answers', () => {
  const bare = fields.filter(
    ({ type, field }) => type === 'Query' && (field.description?.value.split('\n').length ?? 0) < 2,
  );
  expect(bare.map(({ field }) => field.name.value)).toEqual([]);
});
