import { Kind, visit, type DocumentNode } from 'graphql';

const NUL = '\0';

const isIn = (value: unknown): boolean => {
  if (typeof value === 'string') return value.includes(NUL);
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some(isIn);
};

/** Where a request has U+0000, which no text that anybody holds can have: a database refuses it. */
export function nulIn(
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>>,
): string | undefined {
  const variable = Object.keys(variables).find((name) => isIn(variables[name]));
  if (variable) return `$${variable}`;
  let where: string | undefined;
  visit(document, {
    [Kind.STRING]({ value, loc }) {
      if (value.includes(NUL))
        where ??= `${loc?.startToken.line ?? 1}:${loc?.startToken.column ?? 1}`;
    },
  });
  return where;
}
