/**
 * SQL: the org that a row of a file names, and all above it up to the school, with their kinds; to be
 * narrowed by what stands after it.
 *
 * @param column  Field of the row, `r.value`, that has the code.
 */
export const orgsAbove = (column: string): string => `
  with recursive above as (
    select org_code, kind, parent_code from org where org_code = r.value->>'${column}'
    union
    select o.org_code, o.kind, o.parent_code from org o join above a on o.org_code = a.parent_code
  )
  select from above`;
