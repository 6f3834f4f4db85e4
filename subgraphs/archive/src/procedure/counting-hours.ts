import { GoodState } from '../rules/conduct-state.js';

/** SQL of the columns of an application. */
interface Columns {
  readonly goodRecordIds: unknown;
  readonly volunteerHours: unknown;
}

/**
 * SQL: the volunteer hours that an application names; once one of the records was revoked, those of the
 * others alone.
 */
export const hoursThatCount = ({ goodRecordIds, volunteerHours }: Columns): string => `
  coalesce((
    select round(coalesce(sum(g.amount) filter (where g.state = '${GoodState.APPROVED}'), 0), 1)
    from good_record g
    where g.id::text = any(${String(goodRecordIds)}) and g.indicator_code = 'P-07'
    having bool_or(g.state <> '${GoodState.APPROVED}')), ${String(volunteerHours)})`;
