import { join } from 'node:path';
import { applyRoster } from '@chengxin/kit/feed/roster';
import { OFFICE_TOPICS } from '@chengxin/kit/feed/topic';
import type { OfficeDefinition } from '@chengxin/kit/server/office';
import { admitStudent } from '@chengxin/kit/read/student';
import { Loan } from './loan.entity.js';
import { StudentResolver } from './student.resolver.js';
import { Student } from './student.stub.js';

/** The smallest office: one noun, one field on Student. */
export const office: OfficeDefinition = {
  name: 'library',
  usualPort: 4107,
  ownRoles: [],
  entities: [Loan],
  migrations: join(import.meta.dirname, 'migrations'),
  resolvers: [StudentResolver],
  orphanedTypes: [Student],
  references: { Student: admitStudent },
  imports: [],
  publishes: OFFICE_TOPICS,
  consumes: { archive: { roster: applyRoster } },
};
