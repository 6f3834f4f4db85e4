import { whereSql } from '@chengxin/kit/database/orm';
import type { RowAccess } from '@chengxin/kit/read/rows';
import { orgsBelow } from './orgs-below.js';

const OWN = orgsBelow(`org_code = any(string_to_array(?, ','))`);

/** `OWN_UNIT`: in the actor's own units, and all below them (3.4b). */
export const inOwnUnit = <Row>({ identity }: RowAccess) =>
  whereSql<Row>((grant) => `${grant}.org_code in (${OWN})`, [identity.orgs.join(',')]);
