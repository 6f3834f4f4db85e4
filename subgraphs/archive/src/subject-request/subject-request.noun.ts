import { ChangeErrorCode } from '@chengxin/kit/change/errors';
import { noun } from '@chengxin/kit/change/noun';
import { withRelated } from '../staff/declaration.loader.js';
import { lockStudent } from '../lock-order.js';
import { SubjectRequest } from './subject-request.entity.js';
import { subjectRequestRows } from './subject-request.loader.js';

/** A request of a student about his own data (L-11). */
export const subjectRequest = noun<SubjectRequest>({
  name: 'SubjectRequest',
  entity: SubjectRequest,
  machine: 'SubjectRequest',
  rows: subjectRequestRows,
  lockFirst: lockStudent,
  people: withRelated(),
  constraints: {
    subject_request_open: {
      code: ChangeErrorCode.STATE_CONFLICT,
      what: '同类请求尚未办结。 A request of this type is not decided yet.',
    },
    subject_request_second_person: { code: ChangeErrorCode.SOD_VIOLATION },
  },
});
