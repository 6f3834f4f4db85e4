import { studentRows, type StudentRows } from '@chengxin/kit/read/rows';
import { SubjectRequest } from './subject-request.entity.js';

/** Requests of a student, the latest first. */
export const subjectRequestRows: StudentRows<SubjectRequest> = {
  entity: SubjectRequest,
  group: 'SUBJECT_REQUESTS',
  predicates: {},
  orderBy: { filedAt: 'desc', id: 'asc' },
};
export const subjectRequestsOf = studentRows(subjectRequestRows);
