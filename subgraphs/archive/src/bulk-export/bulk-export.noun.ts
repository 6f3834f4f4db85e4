import type { Identity } from '@chengxin/kit/call/identity';
import { noun, type ReadRows } from '@chengxin/kit/change/noun';
import { BulkExport } from './bulk-export.entity.js';

/** Student Affairs, where the second person is, and an audit: to nobody else they are a business. */
export const exportsFor = ({ role }: Pick<Identity, 'role'>): object =>
  role === 'SCHOOL_ADMIN' || role === 'AUDITOR' ? {} : { id: null };

const rows: ReadRows<BulkExport> = {
  group: 'ADMINISTRATION',
  predicates: {},
  where: ({ identity }) => exportsFor(identity) as never,
};

/** Many students as a file (3.6). */
export const bulkExport = noun<BulkExport>({
  name: 'BulkExport',
  entity: BulkExport,
  machine: 'BulkExport',
  rows,
});
