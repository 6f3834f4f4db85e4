import type { TestCollege } from './college.js';
import { put, RECORDED } from './put.js';

/** Give somebody the role of an evaluator: he still needs a place in a case. */
export const newEvaluator = (college: TestCollege, staffNo: string, role: string) =>
  put(college, 'archive', 'admin_grant', {
    ...RECORDED,
    staff_no: staffNo,
    role,
    org_code: 'SCHOOL',
    valid_from: '2026-01-01T00:00:00Z',
    state: 'ACTIVE',
  });
