import { put } from '../support/put.js';
import type { NounPlan } from './plans.js';

interface BatchPlanParts {
  readonly office: string;
  /** Noun of its actions. */
  readonly prefix: string;
  readonly kind: string;
}

export const capital = (name: string): string => name.slice(0, 1).toUpperCase() + name.slice(1);
const CLERKS: ReadonlySet<string> = new Set([
  'AAO_CLERK',
  'FIN_CLERK',
  'SEC_CLERK',
  'CYL_CLERK',
  'HRO_STAFF',
]);
export const NOBODY_HERE = 'T9999';

/** Who proposed and who approved, as the state has it. */
export function decision(state: string): Record<string, string> {
  if (state === 'APPROVED') return { approved_by: 'T9998', approved_at: '2026-04-02T00:00:00Z' };
  return state === 'APPROVING' ? { approved_by: 'T9998' } : {};
}

/** Batches without a row: what rows do when they are applied is tested with each kind. */
const batchPlan = ({ office, prefix, kind }: BatchPlanParts): NounPlan => ({
  title: `${capital(office)}ImportBatch of ${prefix}`,
  noun: `${capital(office)}ImportBatch`,
  machine: 'ImportBatch',
  office,
  table: 'import_batch',
  isOf: (action) => action.startsWith(`${prefix}.`) && !action.endsWith('Many'),
  async seed(college, _studentNo, state, { role, person }, action) {
    const isOwn = CLERKS.has(role) || action.endsWith('.withdrawImport');
    const { id = '' } = await put(college, office, 'import_batch', {
      kind,
      file_name: 'a.csv',
      file_sha256: 'digest',
      state,
      recorded_by: isOwn ? (person ?? NOBODY_HERE) : NOBODY_HERE,
      recorded_at: '2026-04-01T00:00:00Z',
      ...decision(state),
    });
    return { id, version: 1 };
  },
  opening: () => Promise.reject(new Error('A file makes a batch.')),
});

const KINDS: readonly BatchPlanParts[] = [
  { office: 'finance', prefix: 'finance', kind: 'bills' },
  { office: 'academics', prefix: 'academics', kind: 'courses' },
  { office: 'security', prefix: 'security', kind: 'lawViolations' },
  { office: 'youthleague', prefix: 'youthleague', kind: 'cadrePosts' },
  { office: 'archive', prefix: 'archive', kind: 'orgs' },
  { office: 'archive', prefix: 'grant', kind: 'grants' },
];

/** The same, decided several at once. */
const manyPlan = (parts: BatchPlanParts): NounPlan => ({
  ...batchPlan(parts),
  title: `${capital(parts.office)}ImportBatch of ${parts.prefix}, several at once`,
  isOf: (action) => action.startsWith(`${parts.prefix}.`) && action.endsWith('Many'),
  isMany: true,
});

export const batchPlansOf = (office: string): readonly NounPlan[] =>
  KINDS.filter((parts) => parts.office === office).flatMap((parts) =>
    // Grants are decided one by one.
    parts.prefix === office ? [batchPlan(parts), manyPlan(parts)] : [batchPlan(parts)],
  );
