/** SQL: the state of a case, by its number. */
export const stateOfCase = (caseId: string): string =>
  `(select ec.state from evaluation_case ec where ec.case_id = ${caseId})`;
