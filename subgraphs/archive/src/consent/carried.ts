/**
 * SQL with the instant as its parameter: whether a record may stand, which is always unless a third
 * party reported it, and then while its consent is in force (INV-10).
 */
export const isCarried = (record: string): string =>
  `(${record}.consent_id is null or exists (select from consent k
     where k.consent_id = ${record}.consent_id and k.withdrawn_at is null
       and k.expires_at > ?::timestamptz))`;
