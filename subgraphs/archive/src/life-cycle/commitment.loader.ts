/** Promises and their checks; the texts of promises. */
import type { Context } from '@chengxin/kit/call/context';
import { studentRows, type RowAccess, type StudentRows } from '@chengxin/kit/read/rows';
import { CommitmentCheck } from './commitment-check.entity.js';
import { CommitmentTemplate } from './commitment-template.entity.js';
import { Commitment } from './commitment.entity.js';
import { aidOpen, ownMatter, ownOfficeChecks, publishedOrOwn } from './commitment.predicates.js';

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

/** Texts of promises: drafts are their office's alone. */
export const commitmentTemplates = (ctx: Context): Promise<CommitmentTemplate[]> =>
  ctx.em.find(CommitmentTemplate, publishedOrOwn(ctx.identity), {
    orderBy: { matter: 'asc', validFrom: 'desc', id: 'asc' },
    disableIdentityMap: true,
  });
