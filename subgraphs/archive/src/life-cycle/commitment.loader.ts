/** Promises, their checks and what was reported of them; the texts of promises. */
import type { Context } from '@chengxin/kit/call/context';
import { studentRows, type RowAccess, type StudentRows } from '@chengxin/kit/read/rows';
import { CommitmentBreach } from './commitment-breach.entity.js';
import { CommitmentCheck } from './commitment-check.entity.js';
import { CommitmentTemplate } from './commitment-template.entity.js';
import { Commitment } from './commitment.entity.js';
import {
  aidOpen,
  breachNotified,
  breachOpen,
  ownMatter,
  ownOfficeChecks,
  publishedOrOwn,
} from './commitment.predicates.js';

/** Promises of a student by matter. */
export const commitmentRows: StudentRows<Commitment> = {
  entity: Commitment,
  group: 'COMMITMENTS',
  predicates: { OWN_MATTER: ownMatter },
  where: (_ctx: Context, access: RowAccess) => aidOpen(access),
  orderBy: { matter: 'asc', signedAt: 'desc', id: 'asc' },
};
export const commitmentsOf = studentRows(commitmentRows);

/** Checks of a student's promises, the latest first. */
export const checksOf = studentRows({
  entity: CommitmentCheck,
  group: 'COMMITMENTS',
  predicates: { OWN_MATTER: ownOfficeChecks },
  orderBy: { recordedAt: 'desc', id: 'asc' },
});

const decided = () => ({});

/** What was reported of a student's promises; he reads it once he was notified. */
export const breachRows: StudentRows<CommitmentBreach> = {
  entity: CommitmentBreach,
  group: 'PENDING_CONDUCT',
  predicates: {
    STATE_ALLOWED: decided,
    ORIGIN_ALLOWED: decided,
    OWN_MATTER: ownMatter,
    OWN_DOMAIN: ownMatter,
    OWN_PROVIDER: ownMatter,
    FROM_NOTIFIED: breachNotified,
  },
  where: (_ctx: Context, access: RowAccess) => breachOpen(access),
  orderBy: { recordedAt: 'desc', id: 'asc' },
};
export const breachesOf = studentRows(breachRows);

/** Texts of promises: drafts are their office's alone. */
export const commitmentTemplates = (ctx: Context): Promise<CommitmentTemplate[]> =>
  ctx.em.find(CommitmentTemplate, publishedOrOwn(ctx.identity), {
    orderBy: { matter: 'asc', validFrom: 'desc', id: 'asc' },
    disableIdentityMap: true,
  });
