import { randomUUID } from 'node:crypto';
import type { TestCollege } from '../support/college.js';
import { EnumValue } from '../support/mutate.js';
import { put, RECORDED } from '../support/put.js';
import { deliveredNotice } from './notice-standing.js';
import type { NounPlan } from './plans.js';

const newNumber = () => `M-${randomUUID().slice(0, 8)}`;
const DECISION = { finding_body: 'AAO', decision_doc_no: 'D-1', decided_on: '2026-04-10' };
const STAGES = ['REPORTED', 'PRELIMINARY', 'FORMAL', 'FOUND', 'DECIDED', 'FINAL'];
const isFrom = (stage: string, from: string): boolean =>
  STAGES.indexOf(stage) >= STAGES.indexOf(from);

/** A project that makes its member one of the research office's. */
export const newProject = (college: TestCollege, studentNo: string) =>
  put(college, 'academics', 'research_project', {
    ...RECORDED,
    project_no: newNumber(),
    title: 'a project',
    stage: 'RUN',
    lead: 'T9997',
    members: JSON.stringify(['T9997', studentNo]),
  });

/** Cases of research lie with the research office, the others with academic affairs. */
const IN_INQUIRY = new Set(['misconduct.startPreliminary', 'misconduct.startInvestigation']);

export const misconductCasePlan: NounPlan = {
  noun: 'MisconductCase',
  machine: 'ResearchMisconduct',
  office: 'academics',
  table: 'misconduct_case',
  fields: 'id version stage',
  async seed(college, studentNo, stage, { role }, action) {
    const isHomework = role === 'AAO_CLERK' && IN_INQUIRY.has(action);
    const { id = '' } = await put(college, 'academics', 'misconduct_case', {
      student_no: studentNo,
      case_no: newNumber(),
      indicator_code: isHomework ? 'D1-01' : 'D1-02',
      occurred_on: '2026-01-10',
      reported_on: '2026-02-01',
      stage,
      evidence: '[{"id":"E-1","docNo":"E-1"}]',
      recorded_by: 'T9999',
      recorded_at: '2026-02-01T00:00:00Z',
      ...(isFrom(stage, 'FORMAL') && { notice_delivered_on: '2026-04-01' }),
      ...(isFrom(stage, 'FOUND') && {
        severity: 'S2',
        approved_by: 'T9998',
        approved_at: '2026-04-10T00:00:00Z',
      }),
      ...(isFrom(stage, 'DECIDED') && DECISION),
    });
    const notice = { type: 'MisconductCase', id, kind: 'MISCONDUCT', studentNo };
    if (isFrom(stage, 'FORMAL')) await deliveredNotice(college, 'academics', notice);
    return { id, version: 1 };
  },
  opening: async (college, studentNo) => {
    const { project_no: projectNo } = await newProject(college, studentNo);
    return {
      studentNo,
      caseNo: newNumber(),
      indicatorCode: 'D1-02',
      occurredOn: '2026-01-12',
      reason: `of ${projectNo}`,
    };
  },
  hidden: {
    AAO_CLERK: ['NOT_FOUND'],
    AAO_REVIEWER: ['NOT_FOUND'],
    RDO_STAFF: ['NOT_FOUND'],
  },
  more: {
    'misconduct.startInvestigation': { committee: 'a committee' },
    'misconduct.find': { outcome: new EnumValue('FOUND'), severity: 'S2' },
    'misconduct.decide': { decisionDocNo: 'D-1', decidedOn: '2026-04-10' },
  },
};
