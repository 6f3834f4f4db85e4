import { ChangeErrorCode } from '@chengxin/kit/change/errors';
import { noun } from '@chengxin/kit/change/noun';
import { ArrearsList } from './arrears-list.entity.js';

/** The list of students in arrears (G6.3). */
export const arrearsList = noun<ArrearsList>({
  name: 'ArrearsList',
  entity: ArrearsList,
  machine: 'ArrearsList',
  rows: { group: 'TUITION', predicates: {} },
  constraints: { arrears_list_second_person: { code: ChangeErrorCode.SOD_VIOLATION } },
});
