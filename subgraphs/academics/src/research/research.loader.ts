import { studentRows } from '@chengxin/kit/read/rows';
import { IntegrityCheck } from './integrity-check.entity.js';
import { ResearchActivityRecord } from './research-activity-record.entity.js';
import { ResearchProject } from './research-project.entity.js';
import { researchPredicates } from './research.rules.js';
import { RetentionFact } from './retention-fact.entity.js';

/** Projects in which a student is a member. */
export const projectsOf = studentRows({
  entity: ResearchProject,
  group: 'RESEARCH_RECORDS',
  predicates: researchPredicates<ResearchProject>(),
  orderBy: { projectNo: 'desc' },
});

/** Activity records of a student's projects, the latest first. */
export const activityRecordsOf = studentRows({
  entity: ResearchActivityRecord,
  group: 'RESEARCH_RECORDS',
  predicates: researchPredicates<ResearchActivityRecord>(),
  orderBy: { date: 'desc', id: 'asc' },
});

/** Integrity reviews of a student's projects. */
export const integrityChecksOf = studentRows({
  entity: IntegrityCheck,
  group: 'RESEARCH_RECORDS',
  predicates: researchPredicates<IntegrityCheck>(),
  orderBy: { recordedAt: 'asc', id: 'asc' },
});

/** What is kept of a student's projects. */
export const retentionFactsOf = studentRows({
  entity: RetentionFact,
  group: 'RESEARCH_RECORDS',
  predicates: researchPredicates<RetentionFact>(),
  orderBy: { until: 'asc', id: 'asc' },
});
