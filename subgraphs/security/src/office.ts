import { join } from 'node:path';
import { actionsField } from '@chengxin/kit/change/available-actions';
import { notified, regroupNotice } from '@chengxin/kit/feed/notice';
import { revocable } from '@chengxin/kit/feed/revoked';
import { applyRoster, ROSTER_COPIES } from '@chengxin/kit/feed/roster';
import { OFFICE_TOPICS } from '@chengxin/kit/feed/topic';
import { importBatches } from '@chengxin/kit/import/batch/batches';
import type { OfficeDefinition } from '@chengxin/kit/server/office-definition';
import { admitStudent } from '@chengxin/kit/read/student';
import { applyBirthDate } from './birth-date.consume.js';
import { barLawViolations } from './law-violation.bar.js';
import { notifiedViolation } from './law-violation-change.rules.js';
import { eraseOldViolations } from './erase-old-violations.job.js';
import { LawViolationMutation } from './law-violation.mutation.js';
import { lawViolation } from './law-violation.noun.js';
import { LawViolation } from './law-violation.entity.js';
import { groupsOfViolation } from './law-violation.rules.js';
import { lawViolationImport } from './law-violation.import.js';
import { LawViolationList, LawViolationResolver } from './law-violation.resolver.js';
import { Material } from './material.entity.js';
import { StudentResolver } from './student.resolver.js';
import { Student } from './student.stub.js';
import { FINDINGS } from './finding.publish.js';

const imports = [lawViolationImport];
const batches = importBatches({ office: 'security', jobs: imports });

/** Security (保卫处): the list of students who broke laws or regulations, and its materials. */
export const office: OfficeDefinition = {
  name: 'security',
  usualPort: 4104,
  ownRoles: ['SEC_CLERK', 'SEC_REVIEWER'],
  entities: [LawViolation, Material, batches.entity],
  migrations: join(import.meta.dirname, '../migrations'),
  resolvers: [
    LawViolationList,
    LawViolationResolver,
    LawViolationMutation,
    actionsField(lawViolation),
    StudentResolver,
    ...batches.resolvers,
  ],
  orphanedTypes: [Student],
  references: { Student: admitStudent },
  imports,
  jobs: [barLawViolations, eraseOldViolations],
  publishes: {
    finding: { readers: ['archive'], carries: [FINDINGS] },
    ...OFFICE_TOPICS,
  },
  notified: [notified(lawViolation, 'lawViolation.notify', notifiedViolation)],
  revocable: [
    revocable(lawViolation, 'lawViolation.revoke', regroupNotice(lawViolation, groupsOfViolation)),
  ],
  consumes: { archive: { roster: applyRoster, birthDate: applyBirthDate } },
  copies: {
    archive: {
      ...ROSTER_COPIES,
      // Corrections are codes, which nobody publishes anew: the acts of everybody else are checked again.
      birthDate: `select distinct student_no as key, 0 as version from law_violation`,
    },
  },
};
