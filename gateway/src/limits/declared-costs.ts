/** What fields cost: `@cost` and `@listSize` of the graph, in one table (docs/decisions/0014). */

/**
 * Fields that do not cost one: a student that is opened is decided on and written down; what is
 * published once and for all is cheap.
 */
export const FIELD_COSTS: Readonly<Record<string, number>> = {
  'Query.student': 20,
  'Query.caseDossier': 20,
  'Query.fieldAccess': 20,
  'Query.accessLog': 20,
  // Stored with their names and published as they stand: nothing of a cell is decided or computed.
  'StatisticCell.metric': 0.25,
  'StatisticCell.keys': 0.25,
  'StatisticCell.value': 0.25,
  'StatisticCell.suppressed': 0.25,
  'StatisticCell.halfWidth': 0.25,
  'StatisticCell.epsilon': 0.25,
  'StatisticCell.yearlyEpsilon': 0.25,
  'StatisticKey.name': 0.25,
  'StatisticKey.value': 0.25,
};
export const USUAL_COST = 1;
/** An object that another office resolves: it checks the decision on each. */
export const ENTITY_COST = 20;

/** Payloads of calls that decide on several rows (`approveFinanceFacts`), and the rows inside. */
const SEVERAL = ['Archive', 'Academic', 'Finance', 'Security', 'Youth'].flatMap((office) =>
  ['Approve', 'Reject'].map((verb) => `${verb}${office}FactsPayload.results`),
);
const SEVERAL_AT_MOST = 50;

/** How many rows a list without pages is taken to have. A page has as many as it requests. */
export const LIST_SIZES: Readonly<Record<string, number>> = {
  ...Object.fromEntries(SEVERAL.map((name) => [name, SEVERAL_AT_MOST])),
  'ArchiveImportBatchResult.errors': 1,
  'AcademicsImportBatchResult.errors': 1,
  'FinanceImportBatchResult.errors': 1,
  'SecurityImportBatchResult.errors': 1,
  'YouthleagueImportBatchResult.errors': 1,
  'OfferCommitmentPayload.results': 500,
  'CommitmentResult.errors': 1,
  'ChangeError.path': 1,
  // Published lists; `tests/gateway/costs.test.ts` holds them against the data.
  'Query.codeSets': 10,
  'CodeSet.codes': 100,
  'Query.indicators': 60,
  'Query.catalogue': 100,
  'CatalogueItem.items': 5,
  'Query.aidRounds': 20,
  'AidRound.orgCodes': 10,
  'AidRound.availableActions': 1,
  'Query.ruleSets': 10,
  'RuleSet.availableActions': 1,
  'RuleSet.indicators': 60,
  'Query.evaluationRuns': 20,
  'EvaluationRun.availableActions': 1,
  'Query.commitmentTemplates': 20,
  'CommitmentTemplate.availableActions': 2,
  'CommitmentTemplate.clauses': 10,
  'CommitmentTemplate.consequences': 5,
  'CommitmentTemplate.subjectTypes': 5,
  'Query.noticeVersions': 10,
  'Query.policyDocuments': 20,
  'Query.queryProcedures': 20,
  'Indicator.severityRange': 4,
  'Query.stateMachines': 45,
  'StateMachine.states': 12,
  'StateMachine.transitions': 20,
  'StateTransition.from': 2,
  'StateTransition.to': 2,
  'StateTransition.roles': 4,
  'StateTransition.secondPerson': 1,
  'Query.stats': 500,
  'StatisticCell.keys': 3,
  'StatisticRelease.availableActions': 1,
  'Query.measureList': 50,
  'Query.supervisionCoverage': 27,
  'ArchiveOverview.units': 15,
  'ArchiveOverview.archives': 10,
  'AnnualSummary.lockedRuns': 4,
  'AnnualSummary.releasedRuns': 4,
  'SubmittedBatch.availableActions': 1,
  'ReportOffer.availableActions': 1,
  'Query.myNotices': 50,
  'Query.myTasks': 30,
  'Query.signingProgress': 200,
  'SigningLaunch.scopes': 2,
  'Query.fieldAccess': 50,
  // Facts of one student.
  'Student.grades': 60,
  'Student.arrears': 3,
  'CourseGrade.evidence': 1,
  'Student.accessEvents': 100,
  'Student.notices': 30,
  'Student.bills': 10,
  'Student.payments': 20,
  'Student.phoneBills': 24,
  'Student.cardOverdrafts': 12,
  'Student.loanPerformance': 24,
  'ConsentRows.phoneBills': 24,
  'ConsentRows.cardOverdrafts': 12,
  'ConsentRows.loanPerformance': 24,
  'Credit.ledger': 30,
  'Credit.dimensions': 6,
  'EvaluationCase.students': 50,
};

/** Lists that grow with the length of an argument: rows for none, one, two, … of its values. */
export const SIZES_BY_ARGUMENT: Readonly<
  Record<string, { readonly argument: string; readonly sizes: readonly number[] }>
> = {
  // The school, its colleges, their majors.
  'Query.stats': { argument: 'groupBy', sizes: [25, 300, 500] },
};

/** Of a list that is not named above. */
export const USUAL_LIST = 5;
/** Rows of a page that does not say how many. */
export const USUAL_PAGE = 20;
