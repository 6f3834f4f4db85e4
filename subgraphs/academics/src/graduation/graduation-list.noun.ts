import { noun } from '@chengxin/kit/change/noun';
import { GraduationList } from './graduation-list.entity.js';

/** A graduation list (G10.1): made once, changed never. */
export const graduationList = noun<GraduationList>({
  name: 'GraduationList',
  entity: GraduationList,
  machine: 'GraduationList',
  rows: { group: 'ACADEMIC_SUMMARY', predicates: {} },
});
