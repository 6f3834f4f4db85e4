import type { TestCollege } from './college.js';
import { put } from './put.js';

let made = 0;

/** A class of its own in a college, of nobody's grants. */
export async function newOrg(college: TestCollege, parent = 'C01'): Promise<string> {
  const orgCode = `CLASS-${made++}`;
  await put(college, 'archive', 'org', {
    org_code: orgCode,
    name: orgCode,
    kind: 'CLASS',
    parent_code: parent,
    recorded_by: 'T9999',
    recorded_at: '2026-01-01T00:00:00Z',
    approved_by: 'T9998',
    approved_at: '2026-01-02T00:00:00Z',
  });
  return orgCode;
}
