import { whereSql } from '@chengxin/kit/database/orm';
import type { RowAccess } from '@chengxin/kit/read/rows';
import { ORGS_BELOW_OWN } from './orgs-below.js';

/** `OWN_UNIT`: in the actor's own units, and all below them (3.4b). */
export const inOwnUnit = <Row>({ identity }: RowAccess) =>
  whereSql<Row>((grant) => `${grant}.org_code in (${ORGS_BELOW_OWN})`, [identity.orgs.join(',')]);
