/**
 * Each minute, who was destroyed and what was withdrawn goes into the journal beside the backups: it
 * outlives them, and says by keyed digests alone what may not come back (3.6, F-06,
 * docs/decisions/0068).
 */
import { appendToJournal, erasedAs, type Erasure } from '@chengxin/kit/backup/journal';
import { execute, forkOf } from '@chengxin/kit/database/orm';
import type { Job } from '@chengxin/kit/server/jobs';
import { DESTROYED, WITHDRAWN } from './repeat-erasures.js';

const TOMBSTONES = `
  select student_mac as subject, destroyed_on::text as at from destroyed_archive order by id`;

/** Whichever way it was withdrawn: by the student, or on paper. */
const CONSENTS = `
  select consent_id as "consentId", withdrawn_at as at from consent
  where withdrawn_at is not null order by 1`;

export const journalErasures: Job = {
  name: 'journalErasures',
  cron: '* * * * *',
  async run({ orm, config }) {
    const { backup, keyring } = config;
    if (!backup) return;
    const em = forkOf(orm);
    type Tombstone = { readonly subject: string; readonly at: string };
    const tombstones = await execute<Tombstone>(em, TOMBSTONES);
    type Withdrawn = { readonly consentId: string; readonly at: Date };
    const withdrawn = await execute<Withdrawn>(em, CONSENTS);
    const erasures: Erasure[] = [
      ...tombstones.map((one) => ({ action: DESTROYED, ...one })),
      ...withdrawn.map(({ consentId, at }) => ({
        action: WITHDRAWN,
        subject: erasedAs(keyring, 'Consent', consentId),
        at: new Date(at).toISOString(),
      })),
    ];
    await appendToJournal(backup.folder, keyring, erasures);
  },
};
