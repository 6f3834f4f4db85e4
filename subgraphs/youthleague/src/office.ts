import { join } from 'node:path';
import { CONTRIBUTION_PATH } from '@chengxin/kit/call/contribution';
import { contributionRoute } from '@chengxin/kit/call/contribution.route';
import { OFFICE_TOPICS } from '@chengxin/kit/feed/topic';
import { importBatches } from '@chengxin/kit/import/batch/batches';
import type { OfficeDefinition } from '@chengxin/kit/server/office-definition';
import { revocable } from '@chengxin/kit/feed/revoked';
import { applyRoster, ROSTER_COPIES } from '@chengxin/kit/feed/roster';
import { admitStudent } from '@chengxin/kit/read/student';
import { CadrePost } from './cadre-post.entity.js';
import { cadrePostImport } from './cadre-post.import.js';
import { CadrePostList, CadrePostResolver } from './cadre-post.resolver.js';
import { creditViewBands } from './credit-view-bands.loader.js';
import { PracticeRecord } from './practice-record.entity.js';
import { practiceImport } from './practice-record.import.js';
import { PracticeRecordList, PracticeRecordResolver } from './practice-record.resolver.js';
import { StudentResolver } from './student.resolver.js';
import { Student } from './student.stub.js';
import { VolunteerHours } from './volunteer-hours.entity.js';
import { volunteerHoursImport } from './volunteer-hours.import.js';
import { VolunteerHoursList, VolunteerHoursResolver } from './volunteer-hours.resolver.js';
import { GOOD_RECORDS } from './good.publish.js';
import { cadrePost, practiceRecord, volunteerHours } from './youth-record.noun.js';

const imports = [cadrePostImport, practiceImport, volunteerHoursImport];
const facts = [
  { action: 'cadrePost', kind: 'cadrePosts' },
  { action: 'practice', kind: 'practices' },
  { action: 'volunteerHours', kind: 'volunteerHours' },
];
const batches = importBatches({ office: 'youthleague', jobs: imports, facts });

/** The Youth League (团委): cadre posts, social practice, volunteering. */
export const office: OfficeDefinition = {
  name: 'youthleague',
  usualPort: 4105,
  ownRoles: ['CYL_CLERK', 'CYL_REVIEWER'],
  entities: [CadrePost, PracticeRecord, VolunteerHours, batches.entity],
  migrations: join(import.meta.dirname, '../migrations'),
  resolvers: [
    CadrePostList,
    CadrePostResolver,
    PracticeRecordList,
    PracticeRecordResolver,
    VolunteerHoursList,
    VolunteerHoursResolver,
    StudentResolver,
    ...batches.resolvers,
  ],
  orphanedTypes: [Student],
  references: { Student: admitStudent },
  imports,
  publishes: {
    good: { readers: ['archive'], carries: GOOD_RECORDS },
    ...OFFICE_TOPICS,
  },
  revocable: [
    revocable(cadrePost, 'cadrePost.revoke'),
    revocable(practiceRecord, 'practice.revoke'),
    revocable(volunteerHours, 'volunteerHours.revoke'),
  ],
  consumes: { archive: { roster: applyRoster } },
  copies: { archive: ROSTER_COPIES },
  officeRoutes: (parts) => ({
    [`POST ${CONTRIBUTION_PATH}`]: contributionRoute(parts, creditViewBands),
  }),
};
