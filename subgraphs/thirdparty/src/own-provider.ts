import type { RowAccess } from '@chengxin/kit/read/rows';

/** `OWN_PROVIDER`: rows of the institution that calls (note 6). */
export const ownProvider = ({ identity }: RowAccess) => ({ provider: { $in: [...identity.orgs] } });
