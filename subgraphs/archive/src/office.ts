import { join } from 'node:path';
import { OF_AGE_PATH } from '@chengxin/kit/call/of-age';
import { actionsField } from '@chengxin/kit/change/available-actions';
import { ChangeErrorCode } from '@chengxin/kit/change/errors';
import { importBatches } from '@chengxin/kit/import/batch/batches';
import { factStudent } from '@chengxin/kit/import/batch/single-fact';
import type { OfficeDefinition } from '@chengxin/kit/server/office';
import { ofAgeRoute } from './age/of-age.route.js';
import { followCalendarDaily } from './conduct/calendar.js';
import { CreditResolver, StudentCreditResolver } from './credit/credit.resolver.js';
import { Audit } from './access/audit.entity.js';
import { IdentityDisclosure } from './student/identity-disclosure.entity.js';
import { IdentityDisclosureMutation } from './student/identity-disclosure.mutation.js';
import { FieldAccessResolver } from './student/field-access.resolver.js';
import { AccessEvent, AccessEventPart } from './access-log/access-event.entity.js';
import { AccessEventResolver, StudentAccessResolver } from './access-log/access-event.resolver.js';
import { ofEveryOffice } from './every-office.js';
import { deliverNotices, type OnDelivered } from './notice/deliver-notices.job.js';
import { noticeMutation } from './notice/notice.mutation.js';
import { notice } from './notice/notice.noun.js';
import { NoticeDelivery } from './notice/notice-delivery.entity.js';
import { noticeTopics } from './notice/notice.publish.js';
import { ACCESS_LOGS } from './access-log/sealed-access-log.js';
import { discloseHere } from './access-log/write-access-events.js';
import { refusedRoute } from './access-log/refused.route.js';
import { AidRecord } from './aid/aid-record.entity.js';
import { AidRecordResolver, StudentAidResolver } from './aid/aid-record.resolver.js';
import { AidRound } from './aid/aid-round.entity.js';
import { AidRoundMutation } from './aid/aid-round.mutation.js';
import { aidRound } from './aid/aid-round.noun.js';
import { AidRoundResolver } from './aid/aid-round.resolver.js';
import { CaseAssignment } from './case/case-assignment.entity.js';
import { CaseDecision } from './case/case-decision.entity.js';
import { CaseBlock } from './case/case-block.entity.js';
import { closeCases } from './case/close-cases.job.js';
import { EvaluationCase } from './case/evaluation-case.entity.js';
import { EvaluationCaseMutation } from './case/evaluation-case.mutation.js';
import { caseDecision, evaluationCase } from './case/evaluation-case.noun.js';
import { CaseDossierResolver, EvaluationCaseResolver } from './case/evaluation-case.resolver.js';
import { ChangeRequest } from './change-request/change-request.entity.js';
import { ChangeRequestMutation } from './change-request/change-request.mutation.js';
import { changeRequest } from './change-request/change-request.noun.js';
import { StudentChangeRequestResolver } from './change-request/change-request.resolver.js';
import { CollectionResolver } from './collection/collection.resolver.js';
import { ConductRecord } from './conduct/conduct-record.entity.js';
import { ConductMutation, UpperDecisionMutation } from './conduct/conduct.mutation.js';
import { pendingRecord } from './conduct/conduct-record.noun.js';
import { expireRecords } from './conduct/expire-records.job.js';
import { recordNotified } from './conduct/notify-record.js';
import { UpperDecision } from './conduct/upper-decision.entity.js';
import { CONDUCT_FEEDS } from './conduct/conduct-topics.consume.js';
import {
  ConductRecordResolver,
  GoodRecordResolver,
  StudentConductResolver,
} from './conduct/conduct.resolver.js';
import { applySettlement } from './conduct/duty.consume.js';
import { applyMaliceProposals } from './conduct/malice-proposal.consume.js';
import { GoodRecord } from './conduct/good-record.entity.js';
import { GoodRecordMutation } from './conduct/good-record.mutation.js';
import { goodRecord } from './conduct/good-record.noun.js';
import { Consent } from './consent/consent.entity.js';
import { consent } from './consent/consent.noun.js';
import { ConsentResolver, StudentConsentResolver } from './consent/consent.resolver.js';
import { reportToken } from './consent/report-token.noun.js';
import { ConsentMutation, ReportTokenMutation } from './consent-life/consent.mutation.js';
import { exhaustTokens, expireConsents, expireTokens } from './consent-life/end-consents.job.js';
import {
  ProcessingAgreementResolver,
  ServiceStatusResolver,
} from './governance/administration.resolver.js';
import { AgendaItem } from './governance/agenda-item.entity.js';
import { LeadingGroup } from './governance/leading-group.entity.js';
import { LeadingGroupResolver, MembershipResolver } from './governance/leading-group.resolver.js';
import { MeasureListItem } from './governance/measure-list-item.entity.js';
import { MeasureListItemResolver } from './governance/measure-list-item.resolver.js';
import { Meeting } from './governance/meeting.entity.js';
import { MeetingResolver } from './governance/meeting.resolver.js';
import { Membership } from './governance/membership.entity.js';
import { ProcessingAgreement } from './governance/processing-agreement.entity.js';
import { Resolution } from './governance/resolution.entity.js';
import { ServiceStatus } from './governance/service-status.entity.js';
import { Task } from './governance/task.entity.js';
import { TaskResolver } from './governance/task.resolver.js';
import { AccessReview } from './detector/access-review.entity.js';
import { AccessReviewMutation } from './detector/access-review.mutation.js';
import { accessReview } from './detector/access-review.noun.js';
import { AccessReviewResolver } from './detector/access-review.resolver.js';
import { runDetectors } from './detector/run-detectors.job.js';
import { EmployerReportResolver } from './employer/employer-report.resolver.js';
import { peopleRoute, actorRoute } from './identity/identity.route.js';
import { MeResolver } from './identity/me.resolver.js';
import { LoanRecord } from './loan/loan-record.entity.js';
import { StudentLoanResolver } from './loan/loan-record.resolver.js';
import { KeyAttentionMutation } from './measures/key-attention.mutation.js';
import { MeasureMutation } from './measures/measure.mutation.js';
import {
  attentionNotified,
  measureNotified,
  warningNotified,
} from './measures/notify-supervision.js';
import { removeKeyAttention } from './measures/remove-key-attention.job.js';
import { GradeConfirmation } from './grade/grade-confirmation.entity.js';
import { GradeConfirmationMutation } from './grade/grade-confirmation.mutation.js';
import { BackupRun } from './log/backup-run.entity.js';
import { OperationLog } from './log/operation-log.entity.js';
import { OperationLogResolver } from './log/operation-log.resolver.js';
import { IMPORTS } from './imports.js';
import { LevelConfig } from './org/level-config.entity.js';
import { LevelConfigMutation } from './org/level-config.mutation.js';
import { ReportToken } from './consent/report-token.entity.js';
import { Account } from './life-cycle/account.entity.js';
import { Agreement } from './life-cycle/agreement.entity.js';
import { Archive } from './life-cycle/archive.entity.js';
import { archive } from './life-cycle/archive.noun.js';
import { SigningProgressResolver } from './task/signing-progress.resolver.js';
import { OwnTaskResolver } from './task/own-task.resolver.js';
import { ArchiveMutation } from './life-cycle/archive/archive.mutation.js';
import { SigningLaunch } from './life-cycle/archive/signing-launch.entity.js';
import { SigningLaunchMutation } from './life-cycle/archive/signing-launch.mutation.js';
import { finishLaunches } from './life-cycle/archive/launch-archives.job.js';
import { remindSigning } from './life-cycle/archive/remind-signing.job.js';
import { SigningReminder } from './life-cycle/archive/signing-reminder.entity.js';
import { expireVerifications } from './life-cycle/archive/expire-verifications.job.js';
import { openAccounts } from './life-cycle/account/open-accounts.job.js';
import { expireCommitments, startCommitments } from './life-cycle/commitment/commitment.jobs.js';
import { AccountMutation } from './life-cycle/account/account.mutation.js';
import { account } from './life-cycle/account/account.noun.js';
import { AgreementMutation } from './life-cycle/agreement/agreement.mutation.js';
import { CommitmentMutation } from './life-cycle/commitment/commitment.mutation.js';
import { commitment } from './life-cycle/commitment/commitment.noun.js';
import { TemplateMutation } from './life-cycle/commitment/template.mutation.js';
import { template } from './life-cycle/commitment/template.noun.js';
import {
  AgreementResolver,
  ArchiveResolver,
  StudentArchiveResolver,
} from './life-cycle/archive.resolver.js';
import { ClosingMutation } from './closing/closing.mutation.js';
import { closedArchives } from './life-cycle/archive/read-only.js';
import { eraseOldRecords } from './closing/erase-old-records.job.js';
import { retainArchives } from './closing/retain-archives.job.js';
import { CommitmentOffer } from './commitment-life/commitment-offer.entity.js';
import { CommitmentQueueResolver } from './commitment-life/commitment-queue.resolver.js';
import { deliverOffers } from './commitment-life/deliver-offers.job.js';
import { OfferMutation } from './commitment-life/offer.mutation.js';
import { SupervisionMutation } from './commitment-life/supervision.mutation.js';
import { CommitmentBreach } from './life-cycle/commitment-breach.entity.js';
import { retention } from './closing/retention.job.js';
import { CommitmentCheck } from './life-cycle/commitment-check.entity.js';
import { CommitmentTemplate } from './life-cycle/commitment-template.entity.js';
import { Commitment } from './life-cycle/commitment.entity.js';
import {
  CommitmentCheckResolver,
  CommitmentResolver,
  CommitmentTemplateResolver,
  StudentCommitmentResolver,
} from './life-cycle/commitment.resolver.js';
import { GraduationRemark } from './life-cycle/graduation-remark.entity.js';
import { applyGraduations } from './life-cycle/graduation.consume.js';
import { StudentGraduationRemarkResolver } from './life-cycle/graduation-remark.resolver.js';
import { RemarkMutation } from './life-cycle/remark/remark.mutation.js';
import { remark } from './life-cycle/remark/remark.noun.js';
import { Org } from './org/org.entity.js';
import { OrgResolver } from './org/org.resolver.js';
import { Appeal } from './appeal/appeal.entity.js';
import { AppealMutation } from './appeal/appeal.mutation.js';
import { closeAppeals } from './appeal/close-appeals.job.js';
import { appeal } from './appeal/appeal.noun.js';
import { AppealResolver, StudentAppealResolver } from './appeal/appeal.resolver.js';
import { AppealKind } from './appeal/appeal-state.js';
import { SanctionAppealMutation } from './appeal/sanction-appeal/sanction-appeal.mutation.js';
import { sanctionAppeal } from './appeal/sanction-appeal/sanction-appeal.noun.js';
import { ModelCase } from './procedure/model-case.entity.js';
import { ModelCaseResolver, StudentModelCaseResolver } from './procedure/model-case.resolver.js';
import { Notice } from './notice/notice.entity.js';
import { NoticeResolver, StudentNoticeResolver } from './notice/notice.resolver.js';
import { RepairApplication } from './procedure/repair-application.entity.js';
import {
  RepairApplicationResolver,
  RepairPerformanceResolver,
  StudentRepairResolver,
} from './procedure/repair-application.resolver.js';
import { RepairMutation } from './repair/repair.mutation.js';
import { repair } from './repair/repair.noun.js';
import { Sanction } from './procedure/sanction.entity.js';
import {
  SanctionOfRecordResolver,
  SanctionResolver,
  StudentSanctionResolver,
} from './procedure/sanction.resolver.js';
import { SanctionMutation } from './procedure/sanction/sanction.mutation.js';
import { sanction } from './procedure/sanction/sanction.noun.js';
import { advanceSanctions, startSanctionTerms } from './procedure/sanction/sanction.jobs.js';
import { Submission } from './procedure/submission.entity.js';
import { StudentSubmissionResolver } from './procedure/submission.resolver.js';
import { CatalogueItemResolver } from './rules/catalogue-item.resolver.js';
import { CodeSetResolver } from './rules/code-set.resolver.js';
import { LabelResolver } from './rules/label.resolver.js';
import { IndicatorResolver } from './rules/indicator.resolver.js';
import { AdminGrant } from './staff/admin-grant.entity.js';
import { adminGrant } from './staff/admin-grant.noun.js';
import { AdminGrantMutation } from './staff/admin-grant.mutation.js';
import { AdminGrantResolver } from './staff/admin-grant.resolver.js';
import { expireGrants } from './staff/expire-grants.job.js';
import { TrainingSession } from './staff/training-session.entity.js';
import { ReviewQueueResolver } from './self-entry/review-queue.resolver.js';
import { SelfEntry } from './self-entry/self-entry.entity.js';
import { EXPORTED_PATH } from '@chengxin/kit/call/export-paths';
import { exportedRoute } from './export/exported.route.js';
import { FILE_PATH, FILES_PATH } from '@chengxin/kit/call/file-bounds';
import { downloadRoute } from './self-entry/proof.route.js';
import { pruneFiles } from './file/prune-files.job.js';
import { scanFiles } from './file/scan-files.job.js';
import { uploadRoute } from './file/upload.route.js';
import { SelfEntryMutation } from './self-entry/self-entry.mutation.js';
import { selfEntry } from './self-entry/self-entry.noun.js';
import { SelfEntryResolver, StudentSelfEntryResolver } from './self-entry/self-entry.resolver.js';
import { NoticeVersion } from './rules/notice-version.entity.js';
import { PolicyDocument } from './rules/policy-document.entity.js';
import { PublishedResolver } from './rules/published.resolver.js';
import { QueryProcedure } from './rules/query-procedure.entity.js';
import { RuleSetVersion } from './rules/rule-set.entity.js';
import { RuleSetResolver } from './rules/rule-set.resolver.js';
import { StateMachineResolver } from './rules/state-machine.resolver.js';
import { EthicsEvaluation } from './staff/ethics-evaluation.entity.js';
import { EthicsFinding } from './staff/ethics-finding.entity.js';
import { Staff } from './staff/staff.entity.js';
import { RelationDeclaration } from './staff/relation-declaration.entity.js';
import { RelationDeclarationMutation } from './staff/relation-declaration.mutation.js';
import { StaffResolver } from './staff/staff.resolver.js';
import { TeacherArchive } from './staff/teacher-archive.entity.js';
import { TransferNotice } from './staff/transfer-notice.entity.js';
import { StatisticResolver } from './statistics/statistic.resolver.js';
import { StewardAssignment } from './student/steward-assignment.entity.js';
import { FormerName } from './roll/former-name.entity.js';
import { studentRenumbering } from './roll/roll.noun.js';
import { StudentRenumberingResolver, StudentRollResolver } from './roll/roll.resolver.js';
import { StudentRenumbering } from './roll/student-renumbering.entity.js';
import { StudentRenumberingMutation } from './roll/student-renumbering.mutation.js';
import { StudentTransfer } from './roll/student-transfer.entity.js';
import { StudentTransferMutation } from './roll/student-transfer.mutation.js';
import { StudentStewardResolver } from './student/steward.resolver.js';
import { StudentAlias } from './student/student-alias.entity.js';
import { Student } from './student/student.entity.js';
import { decideStudent, readStudent } from './student/student.loader.js';
import { StudentOrgResolver } from './student/student-org.resolver.js';
import { StudentResolver } from './student/student.resolver.js';
import { SubjectRequest } from './subject-request/subject-request.entity.js';
import { SubjectRequestMutation } from './subject-request/subject-request.mutation.js';
import { subjectRequest } from './subject-request/subject-request.noun.js';
import {
  StudentRequestResolver,
  SubjectRequestResolver,
} from './subject-request/subject-request.resolver.js';
import { KeyAttention } from './supervision/key-attention.entity.js';
import { keyAttention } from './supervision/key-attention.noun.js';
import { Measure } from './supervision/measure.entity.js';
import { measure } from './supervision/measure.noun.js';
import { Supervision } from './supervision/supervision.entity.js';
import {
  KeyAttentionResolver,
  MeasureResolver,
  StudentSupervisionResolver,
  WarningResolver,
} from './supervision/supervision.resolver.js';
import { Warning } from './supervision/warning.entity.js';
import { warning } from './supervision/warning.noun.js';
import { expireWarnings } from './warning/expire-warnings.job.js';
import { runWarnings } from './warning/run-warnings.job.js';
import { WarningMutation } from './warning/warning.mutation.js';
import { MALICE } from './conduct/malice.publish.js';
import { EXCUSES } from './loan/excuse.publish.js';
import { CONSENTS, FORMER_NUMBERS, ROSTER } from './student/roster.publish.js';

const batches = importBatches({
  office: 'archive',
  jobs: IMPORTS,
  // Of students whom the actor sees; facts of aid name a hardship, which the round alone opens.
  facts: [
    { action: 'aid', kind: 'aid', student: factStudent(archive, ['LOANS_AND_AID', 'HARDSHIP']) },
    { action: 'loan', kind: 'loans', student: factStudent(archive, ['LOANS_AND_AID']) },
  ],
  constraints: { admin_grant_not_by_holder: { code: ChangeErrorCode.SOD_VIOLATION } },
});

/** What follows here once the student of a row was notified. */
const ON_DELIVERED: OnDelivered = {
  ConductRecord: recordNotified,
  Measure: measureNotified,
  KeyAttention: attentionNotified,
  Warning: warningNotified,
};

const CONSUMES: OfficeDefinition['consumes'] = {
  academics: {
    finding: CONDUCT_FEEDS.academics.finding.handler,
    graduation: applyGraduations,
    ...ofEveryOffice('academics'),
  },
  finance: {
    settlement: applySettlement,
    maliceProposal: applyMaliceProposals,
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
  entities: [
    Student,
    Org,
    Staff,
    AdminGrant,
    Consent,
    EvaluationCase,
    CaseAssignment,
    CaseDecision,
    CaseBlock,
    GradeConfirmation,
    ConductRecord,
    GoodRecord,
    UpperDecision,
    Audit,
    AccessEvent,
    AccessEventPart,
    SelfEntry,
    AidRecord,
    AidRound,
    LoanRecord,
    LevelConfig,
    ChangeRequest,
    TransferNotice,
    TrainingSession,
    RelationDeclaration,
    TeacherArchive,
    EthicsEvaluation,
    EthicsFinding,
    OperationLog,
    AccessReview,
    BackupRun,
    ServiceStatus,
    ProcessingAgreement,
    LeadingGroup,
    Membership,
    Meeting,
    AgendaItem,
    Resolution,
    Task,
    MeasureListItem,
    RuleSetVersion,
    PolicyDocument,
    QueryProcedure,
    NoticeVersion,
    Archive,
    SigningLaunch,
    IdentityDisclosure,
    SigningReminder,
    Agreement,
    Account,
    CommitmentTemplate,
    Commitment,
    CommitmentCheck,
    CommitmentBreach,
    CommitmentOffer,
    GraduationRemark,
    ReportToken,
    StewardAssignment,
    StudentAlias,
    FormerName,
    StudentRenumbering,
    StudentTransfer,
    Sanction,
    Appeal,
    RepairApplication,
    Notice,
    NoticeDelivery,
    SubjectRequest,
    Submission,
    ModelCase,
    Warning,
    KeyAttention,
    Supervision,
    Measure,
    batches.entity,
  ],
  migrations: join(import.meta.dirname, '../migrations'),
  resolvers: [
    StudentResolver,
    StudentOrgResolver,
    FieldAccessResolver,
    StudentConsentResolver,
    ConsentResolver,
    ConsentMutation,
    ReportTokenMutation,
    actionsField(consent),
    actionsField(reportToken),
    EmployerReportResolver,
    StudentCreditResolver,
    CreditResolver,
    GradeConfirmationMutation,
    StudentConductResolver,
    ConductRecordResolver,
    GoodRecordResolver,
    GoodRecordMutation,
    ConductMutation,
    UpperDecisionMutation,
    actionsField(pendingRecord),
    actionsField(goodRecord),
    SelfEntryMutation,
    actionsField(selfEntry),
    SelfEntryResolver,
    StudentSelfEntryResolver,
    ReviewQueueResolver,
    AidRecordResolver,
    StudentAidResolver,
    AidRoundResolver,
    AidRoundMutation,
    actionsField(aidRound),
    StudentLoanResolver,
    IndicatorResolver,
    CodeSetResolver,
    LabelResolver,
    CatalogueItemResolver,
    OrgResolver,
    LevelConfigMutation,
    AdminGrantResolver,
    AdminGrantMutation,
    actionsField(adminGrant),
    RelationDeclarationMutation,
    MeResolver,
    AccessEventResolver,
    StudentAccessResolver,
    CollectionResolver,
    EvaluationCaseResolver,
    CaseDossierResolver,
    EvaluationCaseMutation,
    actionsField(evaluationCase),
    actionsField(caseDecision),
    StatisticResolver,
    StaffResolver,
    OperationLogResolver,
    AccessReviewResolver,
    AccessReviewMutation,
    actionsField(accessReview),
    ServiceStatusResolver,
    ProcessingAgreementResolver,
    LeadingGroupResolver,
    MembershipResolver,
    MeetingResolver,
    TaskResolver,
    MeasureListItemResolver,
    RuleSetResolver,
    StateMachineResolver,
    PublishedResolver,
    StudentArchiveResolver,
    ArchiveResolver,
    ArchiveMutation,
    ClosingMutation,
    actionsField(archive),
    SigningLaunchMutation,
    IdentityDisclosureMutation,
    SigningProgressResolver,
    OwnTaskResolver,
    AccountMutation,
    actionsField(account),
    AgreementResolver,
    AgreementMutation,
    StudentCommitmentResolver,
    CommitmentResolver,
    CommitmentCheckResolver,
    CommitmentTemplateResolver,
    CommitmentMutation,
    OfferMutation,
    SupervisionMutation,
    CommitmentQueueResolver,
    actionsField(commitment),
    TemplateMutation,
    actionsField(template),
    StudentGraduationRemarkResolver,
    RemarkMutation,
    actionsField(remark),
    StudentStewardResolver,
    StudentRollResolver,
    StudentRenumberingResolver,
    StudentRenumberingMutation,
    actionsField(studentRenumbering),
    StudentTransferMutation,
    StudentSanctionResolver,
    SanctionResolver,
    SanctionOfRecordResolver,
    SanctionMutation,
    actionsField(sanction),
    StudentAppealResolver,
    AppealResolver,
    AppealMutation,
    SanctionAppealMutation,
    actionsField(appeal, ({ kind }) => (kind === AppealKind.SANCTION ? sanctionAppeal : appeal)),
    StudentChangeRequestResolver,
    ChangeRequestMutation,
    actionsField(changeRequest),
    StudentRepairResolver,
    RepairApplicationResolver,
    RepairPerformanceResolver,
    RepairMutation,
    actionsField(repair),
    StudentNoticeResolver,
    NoticeResolver,
    noticeMutation(ON_DELIVERED),
    actionsField(notice),
    StudentSubmissionResolver,
    StudentRequestResolver,
    SubjectRequestResolver,
    SubjectRequestMutation,
    actionsField(subjectRequest),
    StudentModelCaseResolver,
    ModelCaseResolver,
    WarningMutation,
    actionsField(warning),
    KeyAttentionMutation,
    actionsField(keyAttention),
    MeasureMutation,
    actionsField(measure),
    StudentSupervisionResolver,
    WarningResolver,
    KeyAttentionResolver,
    MeasureResolver,
    ...batches.resolvers,
  ],
  orphanedTypes: [],
  references: { Student: readStudent },
  imports: IMPORTS,
  sealedLogs: ACCESS_LOGS,
  jobs: [
    followCalendarDaily,
    expireRecords,
    eraseOldRecords,
    deliverNotices(ON_DELIVERED),
    expireConsents,
    expireGrants,
    expireTokens,
    exhaustTokens,
    advanceSanctions,
    startSanctionTerms,
    finishLaunches,
    openAccounts,
    expireVerifications,
    remindSigning,
    startCommitments,
    expireCommitments,
    deliverOffers,
    retainArchives,
    runDetectors,
    closeCases,
    closeAppeals,
    removeKeyAttention,
    runWarnings,
    expireWarnings,
    retention,
    scanFiles,
    pruneFiles,
  ],
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
  },
  consumes: CONSUMES,
  discloses: discloseHere,
  routes: (parts) => ({
    'POST /actor': actorRoute(parts),
    'POST /people': peopleRoute(parts),
    'POST /refused': refusedRoute(parts),
  }),
  personRoutes: {
    [`POST ${FILES_PATH}`]: uploadRoute,
    [`POST ${FILE_PATH}`]: downloadRoute,
    [`POST ${EXPORTED_PATH}`]: exportedRoute,
  },
  officeRoutes: (parts) => ({ [`POST ${OF_AGE_PATH}`]: ofAgeRoute(parts) }),
};
