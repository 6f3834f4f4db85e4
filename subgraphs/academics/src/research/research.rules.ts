/** Which research records a caller sees. Source: DOMAIN 3.4 note 21, 3.4b, Z5.4. */
import type { RowPredicates } from '@chengxin/kit/read/rows';

/** What every row of a research record knows of its project. */
export interface ProjectRow {
  /** Subjects of the members, students and staff. */
  readonly members: string[];
  /** A misconduct case about the project is final. */
  readonly hasFinalCase: boolean;
}

/** The predicates that decisions name on RESEARCH_RECORDS. */
export const researchPredicates = <T extends ProjectRow>(): RowPredicates<T> => {
  const predicates: RowPredicates<ProjectRow> = {
    OWN_PROJECT: ({ identity }) =>
      ({
        $or: [{ members: { $contains: [identity.subject] } }, { hasFinalCase: true }],
      }) as never,
    // Every project is the domain of the research office and of the discipline office (Z5.4.1).
    OWN_DOMAIN: () => ({}),
  };
  return predicates as RowPredicates<T>;
};
