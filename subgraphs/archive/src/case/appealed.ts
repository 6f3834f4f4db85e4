/** The committee's cases in which a sanction is appealed, as SQL over its number (note 23). */
export const appealCasesOf = (sanctionId: string): string =>
  `(select coalesce(array_agg(f.case_id), '{}'::text[]) from appeal f
     where f.sanction_id = ${sanctionId} and f.case_id is not null)`;

/** `APPEALED`: belongs to the sanction that is appealed in the case of the request. */
export const inAppealCase = ({ caseId }: { readonly caseId?: string }) => ({
  appealCases: { $contains: [caseId ?? ''] },
});
