import type { Adapter, AdapterPayload } from 'oidc-provider';

/** Rows kept of one kind; the oldest go first. */
const LIMIT = 2_000;

interface Row {
  readonly payload: AdapterPayload;
  readonly expiresAt: number;
}

/**
 * What the embedded provider remembers, in memory: sessions, logins under way, codes, grants. Each
 * kind has a room of its own, so a flood of begun logins cannot push out the sessions.
 */
export function createRoom(): Adapter {
  const rows = new Map<string, Row>();
  const live = ({ expiresAt }: Row): boolean => Date.now() < expiresAt;
  const first = (fits: (payload: AdapterPayload) => boolean): AdapterPayload | undefined =>
    rows.values().find((row) => live(row) && fits(row.payload))?.payload;
  return {
    async upsert(id, payload, seconds) {
      rows.delete(id);
      rows.set(id, { payload, expiresAt: seconds ? Date.now() + seconds * 1000 : Infinity });
      for (const [oldest, row] of rows) {
        if (rows.size <= LIMIT && live(row)) break;
        rows.delete(oldest);
      }
    },
    async find(id) {
      const row = rows.get(id);
      return row && live(row) ? row.payload : undefined;
    },
    findByUid: async (uid) => first((payload) => payload.uid === uid),
    findByUserCode: async (code) => first((payload) => payload.userCode === code),
    async consume(id) {
      const row = rows.get(id);
      if (row) row.payload.consumed = Math.floor(Date.now() / 1000);
    },
    async destroy(id) {
      rows.delete(id);
    },
    async revokeByGrantId(grantId) {
      for (const [id, { payload }] of rows) if (payload.grantId === grantId) rows.delete(id);
    },
  };
}
