import { join } from 'node:path';
import { OF_AGE_PATH } from '@chengxin/kit/call/of-age';
import { ChangeErrorCode } from '@chengxin/kit/change/errors';
import { importBatches } from '@chengxin/kit/import/batch/batches';
import { factStudent } from '@chengxin/kit/import/batch/single-fact';
import type { OfficeDefinition } from '@chengxin/kit/server/office-definition';
import { ofAgeRoute } from './age/of-age.route.js';
import { ofEveryOffice } from './every-office.js';
import type { OnDelivered } from './notice/deliver-notices.job.js';
import { noticeTopics } from './notice/notice.publish.js';
import { ACCESS_LOGS } from './access-log/sealed-access-log.js';
import { discloseHere } from './access-log/write-access-events.js';
import { refusedRoute } from './access-log/refused.route.js';
import { recordNotified } from './conduct/notify-record.js';
import { CONDUCT_FEEDS } from './conduct/conduct-topics.consume.js';
import { applySettlement } from './conduct/duty.consume.js';
import { applyMaliceProposals } from './conduct/malice-proposal.consume.js';
import { peopleRoute, actorRoute } from './identity/identity.route.js';
import {
  attentionNotified,
  measureNotified,
  warningNotified,
} from './measures/notify-supervision.js';
import { IMPORTS } from './imports.js';
import { notOwnGrant } from './staff/own-grant.js';
import { archive } from './life-cycle/archive.noun.js';
import { closedArchives } from './life-cycle/archive/read-only.js';
import { applyGraduations } from './life-cycle/graduation.consume.js';
import {
  EXPORT_MADE_PATH,
  EXPORT_OPEN_PATH,
  EXPORT_REQUESTED_PATH,
  EXPORTED_PATH,
  RELEASED_PATH,
} from '@chengxin/kit/call/export-paths';
import {
  exportMadeRoute,
  exportOpenRoute,
  exportRequestedRoute,
} from './bulk-export/bulk-export.routes.js';
import { exportedRoute } from './export/exported.route.js';
import { releasedRoute } from './credit-views/released.route.js';
import {
  REPORT_MADE_PATH,
  REPORT_OPEN_PATH,
  REPORT_STATUSES_PATH,
  REPORT_VERIFIED_PATH,
} from '@chengxin/kit/call/report-paths';
import { madeRoute, openRoute } from './credit-report/document.route.js';
import { statusesRoute, verifiedRoute } from './credit-report/verify.route.js';
import { FILE_PATH, FILES_PATH } from '@chengxin/kit/call/file-bounds';
import { downloadRoute } from './self-entry/proof.route.js';
import { uploadRoute } from './file/upload.route.js';
import { decideStudent, readStudent } from './student/student.loader.js';
import { MALICE } from './conduct/malice.publish.js';
import { revokedTopics } from './conduct/revoked.publish.js';
import { EXCUSES } from './loan/excuse.publish.js';
import { CONSENTS, FORMER_NUMBERS, ROSTER } from './student/roster.publish.js';
import type { Area } from './area.js';
import { accessArea } from './access/area.js';
import { accessLogArea } from './access-log/area.js';
import { aidArea } from './aid/area.js';
import { appealArea } from './appeal/area.js';
import { backupArea } from './backup/area.js';
import { backupsOf } from './backup/backup.consume.js';
import { COPIES } from './backup/copies.js';
import { repeatErasures } from './backup/repeat-erasures.js';
import { sayState } from './backup/service-state.js';
import { bulkExportArea } from './bulk-export/area.js';
import { caseArea } from './case/area.js';
import { changeRequestArea } from './change-request/area.js';
import { closingArea } from './closing/area.js';
import { collectionArea } from './collection/area.js';
import { commitmentLifeArea } from './commitment-life/area.js';
import { conductArea } from './conduct/area.js';
import { consentArea } from './consent/area.js';
import { consentLifeArea } from './consent-life/area.js';
import { creditArea } from './credit/area.js';
import { creditLoopArea } from './credit-loop/area.js';
import { creditViewsArea } from './credit-views/area.js';
import { creditReportArea } from './credit-report/area.js';
import { detectorArea } from './detector/area.js';
import { employerArea } from './employer/area.js';
import { explainArea } from './explain/area.js';
import { fileArea } from './file/area.js';
import { governanceArea } from './governance/area.js';
import { gradeArea } from './grade/area.js';
import { humanReviewArea } from './human-review/area.js';
import { identityArea } from './identity/area.js';
import { lifeCycleArea } from './life-cycle/area.js';
import { loanArea } from './loan/area.js';
import { logArea } from './log/area.js';
import { measuresArea } from './measures/area.js';
import { noticeArea } from './notice/area.js';
import { orgArea } from './org/area.js';
import { procedureArea } from './procedure/area.js';
import { repairArea } from './repair/area.js';
import { reportOfferArea } from './report-offer/area.js';
import { rollArea } from './roll/area.js';
import { ruleSetArea } from './rule-set/area.js';
import { rulesArea } from './rules/area.js';
import { runArea } from './run/area.js';
import { selfEntryArea } from './self-entry/area.js';
import { staffArea } from './staff/area.js';
import { statisticsArea } from './statistics/area.js';
import { studentArea } from './student/area.js';
import { subjectRequestArea } from './subject-request/area.js';
import { supervisionArea } from './supervision/area.js';
import { taskArea } from './task/area.js';
import { visibilityArea } from './visibility/area.js';
import { applyBillReminders } from './warning/bill-reminder.consume.js';
import { warningArea } from './warning/area.js';

const batches = importBatches({
  office: 'archive',
  jobs: IMPORTS,
  // Of students whom the actor sees; facts of aid name a hardship, which the round alone opens.
  facts: [
    { action: 'aid', kind: 'aid', student: factStudent(archive, ['LOANS_AND_AID', 'HARDSHIP']) },
    { action: 'loan', kind: 'loans', student: factStudent(archive, ['LOANS_AND_AID']) },
  ],
  constraints: { admin_grant_not_by_holder: { code: ChangeErrorCode.SOD_VIOLATION } },
  guards: { 'grant.approveImport': notOwnGrant },
});

/** What follows here once the student of a row was notified. */
const ON_DELIVERED: OnDelivered = {
  ConductRecord: recordNotified,
  Measure: measureNotified,
  KeyAttention: attentionNotified,
  Warning: warningNotified,
};

/** Every folder that brings tables, fields or jobs. */
const AREAS: readonly Area[] = [
  accessArea,
  accessLogArea,
  aidArea,
  appealArea,
  backupArea,
  bulkExportArea,
  caseArea,
  changeRequestArea,
  closingArea,
  collectionArea,
  commitmentLifeArea,
  conductArea,
  consentArea,
  consentLifeArea,
  creditArea,
  creditLoopArea,
  creditViewsArea,
  creditReportArea,
  detectorArea,
  employerArea,
  explainArea,
  fileArea,
  governanceArea,
  gradeArea,
  humanReviewArea,
  identityArea,
  lifeCycleArea,
  loanArea,
  logArea,
  measuresArea,
  noticeArea(ON_DELIVERED),
  orgArea,
  procedureArea,
  repairArea,
  reportOfferArea,
  rollArea,
  ruleSetArea,
  rulesArea,
  runArea,
  selfEntryArea,
  staffArea,
  statisticsArea,
  studentArea,
  subjectRequestArea,
  supervisionArea,
  taskArea,
  visibilityArea,
  warningArea,
];

const CONSUMES: OfficeDefinition['consumes'] = {
  academics: {
    finding: CONDUCT_FEEDS.academics.finding.handler,
    graduation: applyGraduations,
    ...ofEveryOffice('academics'),
  },
  finance: {
    settlement: applySettlement,
    maliceProposal: applyMaliceProposals,
    billReminder: applyBillReminders,
    ...ofEveryOffice('finance'),
  },
  security: {
    finding: CONDUCT_FEEDS.security.finding.handler,
    ...ofEveryOffice('security'),
  },
  youthleague: {
    good: CONDUCT_FEEDS.youthleague.good.handler,
    ...ofEveryOffice('youthleague'),
  },
  thirdparty: {
    finding: CONDUCT_FEEDS.thirdparty.finding.handler,
    good: CONDUCT_FEEDS.thirdparty.good.handler,
    ...ofEveryOffice('thirdparty'),
  },
  // `npm run new-office` writes feeds above this line.
};

/** Student affairs (学生处): the students, what people may be, cases, consents, and every decision. */
export const office: OfficeDefinition = {
  name: 'archive',
  usualPort: 4101,
  ownRoles: [],
  decideStudent,
  readOnlyStudents: closedArchives,
  entities: [...AREAS.flatMap(({ entities = [] }) => entities), batches.entity],
  migrations: join(import.meta.dirname, '../migrations'),
  resolvers: [...batches.resolvers, ...AREAS.flatMap(({ resolvers = [] }) => resolvers)],
  orphanedTypes: [],
  references: { Student: readStudent },
  imports: IMPORTS,
  sealedLogs: ACCESS_LOGS,
  jobs: AREAS.flatMap(({ jobs = [] }) => jobs),
  publishes: {
    roster: {
      readers: [
        'academics',
        'finance',
        'security',
        'youthleague',
        // `npm run new-office` writes readers of the roster above this line.
      ],
      carries: [ROSTER, FORMER_NUMBERS],
    },
    birthDate: { readers: ['security'], carries: 'CODES' },
    consent: { readers: ['thirdparty'], carries: [CONSENTS] },
    excuse: { readers: ['finance'], carries: [EXCUSES] },
    malice: { readers: ['finance'], carries: [MALICE] },
    ...noticeTopics(Object.keys(CONSUMES)),
    ...revokedTopics(Object.keys(CONSUMES)),
  },
  consumes: CONSUMES,
  copies: COPIES,
  backups: {
    keep: backupsOf('archive'),
    check: (em, at) => sayState(em, ['archive', ...Object.keys(CONSUMES)], at),
  },
  repeatErasures,
  discloses: discloseHere,
  routes: (parts) => ({
    'POST /actor': actorRoute(parts),
    'POST /people': peopleRoute(parts),
    'POST /refused': refusedRoute(parts),
    [`POST ${REPORT_VERIFIED_PATH}`]: verifiedRoute(parts),
    [`POST ${REPORT_STATUSES_PATH}`]: statusesRoute(parts),
  }),
  personRoutes: {
    [`POST ${FILES_PATH}`]: uploadRoute,
    [`POST ${FILE_PATH}`]: downloadRoute,
    [`POST ${EXPORTED_PATH}`]: exportedRoute,
    [`POST ${RELEASED_PATH}`]: releasedRoute,
    [`POST ${EXPORT_REQUESTED_PATH}`]: exportRequestedRoute,
    [`POST ${EXPORT_OPEN_PATH}`]: exportOpenRoute,
    [`POST ${EXPORT_MADE_PATH}`]: exportMadeRoute,
    [`POST ${REPORT_OPEN_PATH}`]: openRoute,
    [`POST ${REPORT_MADE_PATH}`]: madeRoute,
  },
  officeRoutes: (parts) => ({ [`POST ${OF_AGE_PATH}`]: ofAgeRoute(parts) }),
};
