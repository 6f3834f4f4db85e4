import { studentRows } from '@chengxin/kit/read/rows';
import { GraduationRemark } from './graduation-remark.entity.js';

/** The remark of a student once it is issued; what is not signed by all is nobody's reading. */
export const remarksOf = studentRows({
  entity: GraduationRemark,
  group: 'GRADUATION_REMARK',
  predicates: {},
  where: ({ today }) => ({ issuedOn: { $lte: today } }),
  orderBy: { id: 'asc' },
});
