/**
 * The batch that a check of collected data is about, as SQL (3.1b, G5.3): one that waits to be checked is
 * open to whoever checks; once it is decided, to the one who did, for so long that he may request the same
 * again. `v` holds the reference and the subject, as in `OWN_TASKS`.
 */
const REPEATED_FOR = "interval '5 minutes'";

export const OPEN_BATCHES = `
  select 'COLLECTION' as purpose, null::timestamptz as until
  from v join submitted_batch f on f.id = v.reference and f.state = 'SUBMITTED'
  union all
  select 'COLLECTION', f.approved_at + ${REPEATED_FOR}
  from v join submitted_batch f on f.id = v.reference and f.approved_by = v.subject`;
