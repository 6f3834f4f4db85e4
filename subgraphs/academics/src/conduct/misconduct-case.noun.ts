import type { Identity } from '@chengxin/kit/call/identity';
import { ChangeErrorCode } from '@chengxin/kit/change/errors';
import { noun } from '@chengxin/kit/change/noun';
import { MisconductCase } from './misconduct-case.entity.js';
import { misconductRows } from './misconduct-case.loader.js';
import { isOfResearch } from './misconduct-case.rules.js';

/** Who inquires: the research office into research, academic affairs into the rest. */
const INQUIRIES: ReadonlySet<string> = new Set([
  'misconduct.startPreliminary',
  'misconduct.startInvestigation',
]);

const isWith = ({ role }: Identity, row: MisconductCase, action: string): boolean =>
  !INQUIRIES.has(action) || isOfResearch(row) === (role === 'RDO_STAFF');

/** A case of academic misconduct (Z5.4.4, L-21). */
export const misconductCase = noun<MisconductCase>({
  name: 'MisconductCase',
  entity: MisconductCase,
  machine: 'ResearchMisconduct',
  stateIn: 'stage',
  rows: misconductRows,
  isOfOffice: (_, row) => isOfResearch(row),
  isWith,
  constraints: {
    misconduct_case_number: {
      code: ChangeErrorCode.VALIDATION,
      what: '该案件编号已被使用。 The number is used.',
      path: ['caseNo'],
    },
    misconduct_case_second_person: { code: ChangeErrorCode.SOD_VIOLATION },
  },
});
