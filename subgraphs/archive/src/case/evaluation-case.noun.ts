import type { Identity } from '@chengxin/kit/call/identity';
import { ChangeErrorCode } from '@chengxin/kit/change/errors';
import { noun } from '@chengxin/kit/change/noun';
import { whereSql } from '@chengxin/kit/database/orm';
import type { RowAccess, RowPredicates } from '@chengxin/kit/read/rows';
import { ORGS_BELOW_OWN } from '../org/orgs-below.js';
import { officeOf } from '../org/own-office.js';
import { CaseAssignment } from './case-assignment.entity.js';
import { CaseBlock } from './case-block.entity.js';
import { CaseDecision } from './case-decision.entity.js';
import { CaseState, EvaluationCase } from './evaluation-case.entity.js';

/** `OWN_UNIT`: run by one of the actor's own units, or below them (note 31). */
const ownHost = <Row>({ identity }: RowAccess) =>
  whereSql<Row>(
    (row) => `exists (select from evaluation_case h
      where h.case_id = ${row}.case_id and h.host_office in (${ORGS_BELOW_OWN}))`,
    [identity.orgs.join(',')],
  );

/** `OWN_CASE`: of the case of the request, in which the actor sits and has declared no relation (note 5). */
const ownCase = <Row>({ identity: { caseId, subject } }: RowAccess) =>
  whereSql<Row>(
    (row) => `${row}.case_id = ? and exists (select from case_assignment s
      where s.case_id = ${row}.case_id and s.staff_no = ? and s.revoked_at is null
        and s.conflict_of_interest is not true)`,
    [caseId ?? '', subject],
  );

/** Of whom the actor is related to, nothing is his to decide (F-02). */
const ofNoRelative = <Row>({ identity: { subject } }: RowAccess) =>
  whereSql<Row>(
    (row) => `not exists (select from relation_declaration d
      where d.staff_no = ? and d.student_no = ${row}.student_no)`,
    [subject],
  );

const predicates = <Row>(): RowPredicates<Row> => ({ OWN_UNIT: ownHost, OWN_CASE: ownCase });

/** An evaluator acts in the case of the request alone. */
const isOfCase = ({ caseId }: Identity, row: { readonly caseId: string }): boolean =>
  row.caseId === caseId;

/** A time-boxed task of evaluators over listed students (G21). */
export const evaluationCase = noun<EvaluationCase>({
  name: 'EvaluationCase',
  entity: EvaluationCase,
  key: 'caseId',
  machine: 'EvaluationCase',
  rows: { group: 'CASES', predicates: predicates<EvaluationCase & { studentNo: string }>() },
  // A college takes back what it has drafted itself, and nothing that is open.
  isWith: ({ role, subject }, { state, recordedBy }, action) =>
    action !== 'case.cancel' ||
    role !== 'COLLEGE_ADMIN' ||
    (state === CaseState.DRAFT && recordedBy === subject),
  isOfOffice: ({ role }, { hostOffice }) => officeOf(role) === hostOffice,
  isOfCase,
  constraints: {
    evaluation_case_second_person: { code: ChangeErrorCode.SOD_VIOLATION },
    case_assignment_case_id_staff_no_key: {
      code: ChangeErrorCode.VALIDATION,
      what: '该人员已在或曾在此评审中。 This person is or was in the case.',
      path: ['staffNo'],
    },
    case_block_once: {
      code: ChangeErrorCode.STATE_CONFLICT,
      what: '该限制已经确认。 This block is confirmed already.',
    },
  },
});

/** An evaluator's place in a case (G21): it follows from actions on the case. */
export const caseAssignment = noun<CaseAssignment>({
  name: 'CaseAssignment',
  entity: CaseAssignment,
  actions: [],
  rows: { group: 'CASES', predicates: predicates<CaseAssignment & { studentNo: string }>() },
});

/** What blocks the purpose of a case for one student, confirmed (4.6): likewise. */
export const caseBlock = noun<CaseBlock>({
  name: 'CaseBlock',
  entity: CaseBlock,
  actions: [],
  rows: { group: 'CASES', predicates: predicates<CaseBlock>() },
});

/** What evaluators decided on one student (G21, T-07): it stands as its case does. */
export const caseDecision = noun<CaseDecision>({
  name: 'CaseDecision',
  entity: CaseDecision,
  machine: 'EvaluationCase',
  actions: ['case'],
  stateOf: ({ caseState }) => caseState ?? '',
  isOfCase,
  kin: ({ caseId }) => [{ type: 'EvaluationCase', id: caseId }],
  rows: {
    group: 'CASES',
    predicates: predicates<CaseDecision>(),
    where: (_ctx, access) => ofNoRelative<CaseDecision>(access),
  },
  constraints: {
    case_decision_pkey: {
      code: ChangeErrorCode.VERSION_CONFLICT,
      what: '该候选人已有评审意见，请修改原意见。 There is a decision on this candidate: change that one.',
    },
  },
});
