/** Facts of offices that an administrator may have changed. Source: T-02, DOMAIN 3.2. */
import type { Group } from '@chengxin/kit/privacy/groups';
import { registerEnumType } from 'type-graphql';

export enum ChangeTarget {
  COURSE_GRADE = 'COURSE_GRADE',
  MISCONDUCT_CASE = 'MISCONDUCT_CASE',
  BILL = 'BILL',
  PAYMENT = 'PAYMENT',
  DEFERRAL = 'DEFERRAL',
  LAW_VIOLATION = 'LAW_VIOLATION',
  CADRE_POST = 'CADRE_POST',
  PRACTICE_RECORD = 'PRACTICE_RECORD',
  VOLUNTEER_HOURS = 'VOLUNTEER_HOURS',
}
registerEnumType(ChangeTarget, {
  name: 'ChangeTarget',
  description: 'What kind of fact is to be changed; its office decides (T-02).',
});

interface Owned {
  /** Code of the office that decides. */
  readonly office: string;
  /** Group of the fact: it must be open to whoever files the request and to whoever reads it. */
  readonly group: Group;
}

export const CHANGE_TARGETS: Readonly<Record<ChangeTarget, Owned>> = {
  COURSE_GRADE: { office: 'AAO', group: 'GRADES' },
  MISCONDUCT_CASE: { office: 'AAO', group: 'ACADEMIC_MISCONDUCT' },
  BILL: { office: 'FIN', group: 'TUITION' },
  PAYMENT: { office: 'FIN', group: 'TUITION' },
  DEFERRAL: { office: 'FIN', group: 'TUITION' },
  LAW_VIOLATION: { office: 'SEC', group: 'LAW_VIOLATIONS' },
  CADRE_POST: { office: 'CYL', group: 'GOOD_CONDUCT' },
  PRACTICE_RECORD: { office: 'CYL', group: 'GOOD_CONDUCT' },
  VOLUNTEER_HOURS: { office: 'CYL', group: 'GOOD_CONDUCT' },
};
