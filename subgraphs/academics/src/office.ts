import { join } from 'node:path';
import { CONTRIBUTION_PATH } from '@chengxin/kit/call/contribution';
import { contributionRoute } from '@chengxin/kit/call/contribution.route';
import { actionsField } from '@chengxin/kit/change/available-actions';
import { notified, regroupNotice } from '@chengxin/kit/feed/notice';
import { revocable } from '@chengxin/kit/feed/revoked';
import { OFFICE_TOPICS } from '@chengxin/kit/feed/topic';
import { importBatches } from '@chengxin/kit/import/batch/batches';
import type { OfficeDefinition } from '@chengxin/kit/server/office-definition';
import { ROSTER_COPIES, rosterWith } from '@chengxin/kit/feed/roster';
import { admitStudent } from '@chengxin/kit/read/student';
import { eraseOldConduct } from './conduct/erase-old-facts.job.js';
import { ExamViolation } from './conduct/exam-violation.entity.js';
import { examViolationImport } from './conduct/exam-violation.import.js';
import { groupsOfViolation } from './conduct/exam-violation.loader.js';
import { ExamViolationMutation } from './conduct/exam-violation.mutation.js';
import { examViolation } from './conduct/exam-violation.noun.js';
import { notifiedViolation } from './conduct/exam-violation.rules.js';
import { ExamViolationList, ExamViolationResolver } from './conduct/exam-violation.resolver.js';
import { MisconductCase } from './conduct/misconduct-case.entity.js';
import { groupsOfCase } from './conduct/misconduct-case.loader.js';
import { MisconductCaseMutation } from './conduct/misconduct-case.mutation.js';
import { misconductCase } from './conduct/misconduct-case.noun.js';
import { notifiedCase } from './conduct/misconduct-case.rules.js';
import { MisconductCaseList, MisconductCaseResolver } from './conduct/misconduct-case.resolver.js';
import { AcademicSummary } from './grade/academic-summary.entity.js';
import { summaryImport } from './grade/academic-summary.import.js';
import { AcademicSummaryList, AcademicSummaryResolver } from './grade/academic-summary.resolver.js';
import { courseImport } from './grade/course.import.js';
import { CourseGrade } from './grade/course-grade.entity.js';
import { gradeImport } from './grade/course-grade.import.js';
import { CourseGradeList, CourseGradeResolver } from './grade/course-grade.resolver.js';
import { Graduation } from './graduation/graduation.entity.js';
import { graduationImport } from './graduation/graduation.import.js';
import { GRADUATIONS } from './graduation/graduation.publish.js';
import { GraduationResolver, GraduationRoot } from './graduation/graduation.resolver.js';
import { GraduationList } from './graduation/graduation-list.entity.js';
import { GraduationListMutation } from './graduation/graduation-list.mutation.js';
import { graduationList } from './graduation/graduation-list.noun.js';
import { creditViewBands } from './release/credit-view-bands.loader.js';
import { IntegrityCheck } from './research/integrity-check.entity.js';
import { ResearchActivityRecord } from './research/research-activity-record.entity.js';
import { ResearchProject } from './research/research-project.entity.js';
import { ResearchProjectResolver } from './research/research-project.resolver.js';
import { RetentionFact } from './research/retention-fact.entity.js';
import { renumbered } from './renumbered.js';
import { StudentResolver } from './student.resolver.js';
import { Student } from './student.stub.js';
import { EXAM_FINDINGS, MISCONDUCT_FINDINGS } from './conduct/finding.publish.js';

const imports = [gradeImport, summaryImport, examViolationImport, courseImport, graduationImport];
const facts = [{ action: 'grade', kind: 'grades' }];
const batches = importBatches({ office: 'academics', jobs: imports, facts });

/** Academic affairs (教务处): results, exam violations, academic misconduct, research records. */
export const office: OfficeDefinition = {
  name: 'academics',
  usualPort: 4102,
  ownRoles: ['AAO_CLERK', 'AAO_REVIEWER'],
  // Research cases are the domain of the research office, which has no subgraph (note 12).
  actingRoles: ['RDO_STAFF'],
  entities: [
    CourseGrade,
    AcademicSummary,
    ExamViolation,
    MisconductCase,
    Graduation,
    GraduationList,
    ResearchProject,
    IntegrityCheck,
    ResearchActivityRecord,
    RetentionFact,
    batches.entity,
  ],
  migrations: join(import.meta.dirname, '../migrations'),
  resolvers: [
    CourseGradeList,
    CourseGradeResolver,
    AcademicSummaryList,
    AcademicSummaryResolver,
    ExamViolationList,
    ExamViolationResolver,
    ExamViolationMutation,
    actionsField(examViolation),
    MisconductCaseList,
    MisconductCaseResolver,
    MisconductCaseMutation,
    actionsField(misconductCase),
    GraduationRoot,
    GraduationResolver,
    GraduationListMutation,
    actionsField(graduationList),
    ResearchProjectResolver,
    StudentResolver,
    ...batches.resolvers,
  ],
  orphanedTypes: [Student],
  references: { Student: admitStudent },
  imports,
  jobs: [eraseOldConduct],
  publishes: {
    finding: { readers: ['archive'], carries: [EXAM_FINDINGS, MISCONDUCT_FINDINGS] },
    graduation: { readers: ['archive'], carries: [GRADUATIONS] },
    ...OFFICE_TOPICS,
  },
  notified: [
    notified(examViolation, 'examViolation.notify', notifiedViolation),
    notified(misconductCase, 'misconduct.notify', notifiedCase),
  ],
  revocable: [
    revocable(
      examViolation,
      'examViolation.revoke',
      regroupNotice(examViolation, groupsOfViolation),
    ),
    revocable(misconductCase, 'misconduct.revoke', regroupNotice(misconductCase, groupsOfCase)),
  ],
  consumes: { archive: { roster: rosterWith(renumbered) } },
  copies: { archive: ROSTER_COPIES },
  officeRoutes: (parts) => ({
    [`POST ${CONTRIBUTION_PATH}`]: contributionRoute(parts, creditViewBands),
  }),
};
