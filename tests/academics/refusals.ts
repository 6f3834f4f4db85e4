import { expect } from 'vitest';

/** The error of a field that is shut for a role. */
export const refused = (
  path: readonly (string | number)[],
  role: string,
  group: string,
  clause: string,
) => ({
  message: expect.any(String),
  path,
  extensions: { code: 'FORBIDDEN_FIELD', group, clause, rule: `${role}.${clause}` },
});

/** The error of a field of which a role is shown nothing, though the group is open in part. */
export const masked = (
  path: readonly (string | number)[],
  role: string,
  group: string,
  clause: string,
) => ({
  message: expect.any(String),
  path,
  extensions: { code: 'FORBIDDEN_FIELD', group, clause, rule: `${role}.${clause}`, masked: true },
});

/** The error of an argument that is not good. */
export const invalid = (path: readonly (string | number)[]) => ({
  message: expect.any(String),
  path,
  extensions: { code: 'VALIDATION' },
});
