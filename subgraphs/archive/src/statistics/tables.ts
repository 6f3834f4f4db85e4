/** The tables that are released, and where the exact counts behind them come from. Source: DOMAIN 3.6. */
import { isAdult } from '../age/of-age.js';
import { indicatorsOf, RULE_SET } from '../rules/indicator.loader.js';
import type { Part, TableShape } from './release.rules.js';

export enum TableName {
  GRADE = 'GRADE',
  DIMENSION = 'DIMENSION',
  COMMITMENT = 'COMMITMENT',
  WARNING = 'WARNING',
}

export interface StatisticTable extends TableShape {
  readonly name: TableName;
  /**
   * SQL of what each student of a run stands under: `student_no`, `part` (its place in `parts`), `value`,
   * and a `rank` of which the lowest counts where rows of one student say several. `?` is the run.
   */
  readonly source: string;
}

/** ε of one release of a table: four of them are what twelve months allow (migration 0069). */
const EPSILON = 100;

const oneOf = (name: string, ...values: string[]): readonly Part[] => [{ keys: [], name, values }];

/**
 * A later change makes a derived snapshot for evaluators; the students of a run never change. Who was
 * under 18 on its day is rated in no figure that leaves the school (4.6, N).
 */
const OF_RUN = `credit_snapshot c join evaluation_run r on r.run_id = c.run_id
  where c.run_id = ? and c.supersedes is null and ${isAdult('c.student_no', 'c.on_day')}`;

const GRADE: StatisticTable = {
  name: TableName.GRADE,
  isByMajor: true,
  parts: oneOf('GRADE', 'A', 'B', 'C', 'D'),
  epsilon: EPSILON,
  source: `select c.student_no, 0 as part, c.grade as value, 0 as rank from ${OF_RUN}`,
};

const DIMENSIONS = [
  ...new Set((indicatorsOf(RULE_SET) ?? []).flatMap(({ dimension }) => dimension?.code ?? [])),
];
/** The list of dimensions as SQL; their codes come from the rules and not from a row. */
const DIMENSION_LIST = DIMENSIONS.map((code, part) => `('${code}', ${part})`).join(', ');

/** A student has a value in each dimension, so that there is six times the noise: colleges are the finest. */
const DIMENSION: StatisticTable = {
  name: TableName.DIMENSION,
  isByMajor: false,
  parts: DIMENSIONS.map((code) => ({
    keys: [{ name: 'DIMENSION', value: code }],
    name: 'BAND',
    values: ['100', '90-99.99', '0-89.99'],
  })),
  epsilon: EPSILON,
  source: `select c.student_no, d.part, 0 as rank,
      case when score >= 10000 then '100' when score >= 9000 then '90-99.99' else '0-89.99' end as value
    from (select c.* from ${OF_RUN}) c
    cross join (values ${DIMENSION_LIST}) as d (code, part)
    cross join lateral (select (c.school_view->'dimensions'->>d.code)::integer as score) s
    where score is not null`,
};

/** What became of the commitments of a student; what is reported and not decided is no breach yet. */
const COMMITMENT: StatisticTable = {
  name: TableName.COMMITMENT,
  isByMajor: true,
  parts: oneOf('COMMITMENT', 'KEPT', 'BROKEN', 'UNDECIDED'),
  epsilon: EPSILON,
  source: `select c.student_no, 0 as part,
      case p.state when 'BREACHED' then 'BROKEN' when 'FULFILLED' then 'KEPT' else 'UNDECIDED' end as value,
      case p.state when 'BREACHED' then 0 when 'FULFILLED' then 1 else 2 end as rank
    from (select c.* from ${OF_RUN}) c left join commitment p on p.student_no = c.student_no`,
};

/**
 * The most urgent warning of the six months up to the cut-off. One of which the student is not
 * notified counts no more than one that rests on third parties: the school view has neither (4.4,
 * 3.7(15)). Nor does one that rests on what is not proven (FG37).
 */
const WARNING: StatisticTable = {
  name: TableName.WARNING,
  isByMajor: true,
  parts: oneOf('WARNING', 'NONE', 'YELLOW', 'ORANGE', 'RED'),
  epsilon: EPSILON,
  source: `select c.student_no, 0 as part, coalesce(w.colour, 'NONE') as value,
      case w.colour when 'RED' then 0 when 'ORANGE' then 1 when 'YELLOW' then 2 else 3 end as rank
    from (select c.student_no, r.cut_off_at from ${OF_RUN}) c
    left join warning w on w.student_no = c.student_no and w.colour <> 'ADM'
      and w.state <> 'RAISED' and not w.awaits_confirmation
      and not w.trigger_groups
        && array['CARD_OVERDRAFTS', 'PHONE_BILLS', 'LOAN_PERFORMANCE', 'CONSENTS',
          'PENDING_CONDUCT']
      and w.raised_at <= c.cut_off_at and w.raised_at > c.cut_off_at - interval '6 months'`,
};

export const TABLES: readonly StatisticTable[] = [GRADE, DIMENSION, COMMITMENT, WARNING];
