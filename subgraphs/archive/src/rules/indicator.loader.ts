/** Dimensions and indicators of each rule set, from `data/indicators`. Source: DOMAIN 2.3, 4.3. */
import { isGroup, type Group } from '@chengxin/kit/privacy/groups';
import { namesIn, readDataFile } from './data-file.js';
import { Dimension } from './dimension.entity.js';
import { Indicator } from './indicator.entity.js';
import type { RuleSetVersion } from './rule-set.entity.js';
import { severitiesBetween } from './severity.js';

/** The rule set in force. */
export const RULE_SET = 'CR-2026.1';
const FOLDER = 'indicators';

type Row = Readonly<Record<string, string>>;

function groupOf({ code, origin = '' }: Row): Group {
  if (isGroup(origin)) return origin;
  throw new Error(`The indicator ${code} is of no privacy group: ${origin}.`);
}

const dimensionOf = ({ code = '', nameZh = '', name = '', virtueLine = '', ...row }: Row) =>
  Object.assign(new Dimension(), {
    code,
    nameZh,
    name,
    virtueLine,
    deductionCap: Number(row['deductionCap']),
  });

/** Facts that both kinds have; what a file leaves out stays undefined. */
const commonOf = (row: Row): Indicator =>
  Object.assign(new Indicator(), {
    code: row['code'],
    nameZh: row['nameZh'],
    name: row['name'],
    origin: groupOf(row),
    ...(row['cap'] && { cap: Number(row['cap']) }),
  });

function readVersion(version: string): readonly Indicator[] {
  const rowsOf = (file: string) => readDataFile(FOLDER, version, `${file}.csv`).rows;
  const dimensions = new Map(
    rowsOf('dimensions').map((row) => [row['code'] ?? '', dimensionOf(row)]),
  );
  const negative = rowsOf('negative').map((row) => {
    const dimension = dimensions.get(row['dimension'] ?? '');
    if (!dimension) throw new Error(`The indicator ${row['code']} has no dimension.`);
    const { weight, subgraph, ownerOffice, source } = row;
    const severityRange = severitiesBetween(row['severityFrom'] ?? '', row['severityTo'] ?? '');
    const own = { dimension, weight, severityRange, subgraph, ownerOffice, source };
    return Object.assign(commonOf(row), own);
  });
  const positive = rowsOf('positive').map((row) =>
    Object.assign(commonOf(row), { points: Number(row['points']) }),
  );
  return [...negative, ...positive];
}

const versions = new Map(namesIn(FOLDER).map((version) => [version, readVersion(version)]));
const inForce = new Map(versions.get(RULE_SET)?.map((indicator) => [indicator.code, indicator]));

/** The indicators of an installed rule set; nothing for any other. */
export const indicatorsOf = (version: string): readonly Indicator[] | undefined =>
  versions.get(version);

/** Numbers that a drafted set may have of its own; `weightTenths` is the weight in tenths. */
interface OwnNumbers {
  readonly weightTenths?: number;
  readonly points?: number;
  readonly cap?: number;
}
interface Drafted {
  readonly dimensionCaps?: Readonly<Record<string, number>>;
  readonly indicators?: Readonly<Record<string, OwnNumbers>>;
}

const TENTHS = 10;

/**
 * The indicators of a set that was drafted: codes and names of the installed one, with the numbers that
 * the draft has of its own.
 *
 * @param parameters  JSON, checked when it was drafted.
 */
function indicatorsWith(parameters: string): readonly Indicator[] {
  const { dimensionCaps: caps = {}, indicators = {} } = JSON.parse(parameters) as Drafted;
  return [...inForce.values()].map((indicator) => {
    const { dimension } = indicator;
    const { weightTenths, ...own } = indicators[indicator.code] ?? {};
    return Object.assign(new Indicator(), indicator, own, {
      ...(weightTenths !== undefined && { weight: (weightTenths / TENTHS).toFixed(1) }),
      ...(dimension && {
        dimension: Object.assign(new Dimension(), dimension, {
          deductionCap: caps[dimension.code] ?? dimension.deductionCap,
        }),
      }),
    });
  });
}

/** The indicators of a rule set, drafted or installed; nothing for one that has no numbers. */
export const indicatorsIn = ({
  ruleSetVersion,
  storedParameters,
}: Pick<RuleSetVersion, 'ruleSetVersion' | 'storedParameters'>): readonly Indicator[] | undefined =>
  storedParameters ? indicatorsWith(storedParameters) : indicatorsOf(ruleSetVersion);

/** An indicator of the rule set in force. */
export const indicatorByCode = (code: string): Indicator | undefined => inForce.get(code);

/** The privacy group of an indicator's origin; nothing for an unknown code. */
export const originOf = (code: string): Group | undefined => inForce.get(code)?.origin;

/** Every origin that a record can have. */
export const ORIGINS: readonly Group[] = [
  ...new Set([...inForce.values()].map(({ origin }) => origin)),
];
