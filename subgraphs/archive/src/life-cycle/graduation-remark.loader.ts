import { mayAct } from '@chengxin/kit/action/actions';
import { studentRows, type RowAccess, type StudentRows } from '@chengxin/kit/read/rows';
import { GraduationRemark } from './graduation-remark.entity.js';

const ACTIONS = ['remark.write', 'remark.approve', 'remark.sign'];

/** Until all three have signed, a remark is for those alone who write, approve and sign it (3.7(15)). */
const unsigned = ({ identity: { role } }: RowAccess) =>
  ACTIONS.some((action) => mayAct(role, action)) ? [{ signedBySAO: null }] : [];

/** The remark of a student once it is issued, and while it is in the hands of those who sign it. */
export const remarkRows: StudentRows<GraduationRemark> = {
  entity: GraduationRemark,
  group: 'GRADUATION_REMARK',
  predicates: {},
  where: ({ today }, access) => ({ $or: [{ issuedOn: { $lte: today } }, ...unsigned(access)] }),
  orderBy: { id: 'asc' },
};
export const remarksOf = studentRows(remarkRows);
