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
