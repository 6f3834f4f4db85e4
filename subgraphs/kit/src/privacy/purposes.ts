import type { Role } from './roles.js';
import { readTable } from './tables.js';

export interface Purpose {
  readonly name: string;
  /** A case, aid round, appeal, repair, batch, token or audit number must be named and open. */
  readonly needsReference: boolean;
}

const byRole = new Map<string, Purpose[]>();
for (const row of readTable('purposes')) {
  const list = byRole.get(row['role'] ?? '') ?? [];
  list.push({ name: row['purpose'] ?? '', needsReference: row['needsReference'] === 'yes' });
  byRole.set(row['role'] ?? '', list);
}

/** The purposes open to a role. Source: DOMAIN 3.1b, `purposes.csv`. */
export const purposesOf = (role: Role): readonly Purpose[] => byRole.get(role) ?? [];

/** The purpose of the case (DOMAIN 2.2) in which a purpose of use runs. */
export const CASE_PURPOSES: Readonly<Record<string, string>> = {
  EVAL_AWARD: 'AWARD',
  EVAL_PARTY: 'PARTY',
  EVAL_AID: 'AID',
  EVAL_EMPLOY: 'EMPLOYMENT',
  SANCTION_APPEAL: 'APPEAL',
};
