import { whereSql } from '@chengxin/kit/database/orm';
import type { RowAccess } from '@chengxin/kit/read/rows';

/** `OWN_UNIT`: in the actor's own units, and all below them (3.4b). */
export const inOwnUnit = <Row>({ identity }: RowAccess) =>
  whereSql<Row>(
    (grant) => `${grant}.org_code in (
      with recursive scope as (
        select org_code from org where org_code = any(string_to_array(?, ','))
        union
        select o.org_code from org o join scope s on o.parent_code = s.org_code
      ) select org_code from scope)`,
    [identity.orgs.join(',')],
  );
