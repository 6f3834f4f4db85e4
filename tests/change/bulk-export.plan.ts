import { put } from '../support/put.js';
import type { NounPlan } from './plans.js';

export const bulkExportPlan: NounPlan = {
  noun: 'BulkExport',
  office: 'archive',
  table: 'bulk_export',
  async seed(college, _studentNo, state) {
    const at = college.clock.now();
    const { id = '' } = await put(college, 'archive', 'bulk_export', {
      operation: 'StudentExport',
      operation_hash: 'none',
      variables: '{}',
      format: 'CSV',
      public_key: '{}',
      for_role: 'SCHOOL_ADMIN',
      student_count: 1,
      state,
      recorded_by: 'T9999',
      recorded_at: at,
      ends_at: new Date(at.getTime() + 3_600_000),
      ...(state === 'APPROVED' && { approved_by: 'T9998', approved_at: at }),
    });
    return { id, version: 1 };
  },
  // It is requested beside the graph.
  opening: () => Promise.resolve({}),
};
