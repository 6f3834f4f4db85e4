/**
 * SQL: codes of some orgs and of all below them (G19.1).
 *
 * @param first  SQL condition on the rows of `org` to begin with; its parameters are the statement's.
 */
export const orgsBelow = (first: string): string => `
  with recursive scope as (
    select org_code from org where ${first}
    union
    select o.org_code from org o join scope s on o.parent_code = s.org_code
  )
  select org_code from scope`;

/** SQL: the same of the orgs in one parameter, `C01,C02`; in a subquery, so that its plan is kept (0097). */
export const ORGS_BELOW_OWN = orgsBelow(`org_code = any((select string_to_array(?, ','))::text[])`);
