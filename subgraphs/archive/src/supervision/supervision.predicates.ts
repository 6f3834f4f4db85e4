/** The row conditions of supervision, each a pure where-clause (DOMAIN 3.4b). */
import type { RowAccess } from '@chengxin/kit/read/rows';
import { matterOfficeOf } from '../org/own-office.js';

/** `OWN_MATTER`: proposed by the caller's office (note 10). */
export const ownSource = ({ identity }: RowAccess) => ({
  sourceOffice: matterOfficeOf(identity.role) ?? '',
});

/** `OWN_MATTER` of warnings: the caller's office handles it. */
export const ownHandling = ({ identity }: RowAccess) => ({
  handlerOffice: matterOfficeOf(identity.role) ?? '',
});

/** A warning about a consent or a token is the student's alone (4.7). */
export const consentsAside = ({ identity }: RowAccess) =>
  identity.role === 'STU_SELF' ? {} : { $not: { triggerGroups: { $overlap: ['CONSENTS'] } } };
