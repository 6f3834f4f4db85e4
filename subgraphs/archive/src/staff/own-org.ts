/** Where a role may be held, of a single grant: the same as of a row of a file. */
import type { Act } from '@chengxin/kit/change/act';
import { invalid } from '@chengxin/kit/change/errors';
import { isWrongAlone } from '@chengxin/kit/import/stage';
import type { AdminGrant } from './admin-grant.entity.js';
import { inOrgOfOffice } from './grant-checks.import.js';

/** @throws VALIDATION naming `path`, for a role in an org where it is not held. */
export async function requireOwnOrg(
  path: string,
  { role, orgCode }: Pick<AdminGrant, 'role' | 'orgCode'>,
  { by, now, follow }: Act,
): Promise<void> {
  const { reason } = inOrgOfOffice;
  const isWrong = await follow((em) =>
    isWrongAlone({ em, orgs: by.orgs, at: now }, { role, orgCode }, inOrgOfOffice),
  );
  if (isWrong) throw invalid(path, `${reason.zh}。 ${reason.en}.`);
}
