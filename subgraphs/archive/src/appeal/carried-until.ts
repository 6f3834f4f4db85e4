/** Until when an appeal against what a provider found may be read by the provider, as SQL (INV-10). */
import type { Columns } from '../row-groups/row-groups.js';

/** The end of the consent under which the record stands; none of one that was withdrawn. */
export const carriedUntil = ({ recordId }: Columns<'recordId'>): string => `(
  select n.expires_at from conduct_record c join consent n on n.consent_id = c.consent_id
  where c.id = ${recordId} and n.withdrawn_at is null)`;
