/** A line of a ledger in words: where each number comes from and when it fades. Pure. Source: DOMAIN 4.8. */
import { addDays } from '@chengxin/kit/clock';
import type { Reason } from '@chengxin/kit/import/reason';
import type { Line } from '../credit/credit-record.js';
import { pointsOf } from '../credit/line.rules.js';
import type { RuleSet } from '../credit/rule-set.js';
import { inTheWay, type RecordToRepair } from '../repair/repairable.rules.js';
import { indicatorByCode } from '../rules/indicator.loader.js';
import { ScoreFactorKind } from './score-factor-kind.js';

/** What the caller may know of the record behind a line. */
export interface RecordBehind {
  /** Of a bad record. */
  readonly severity?: string;
  readonly disputed?: boolean;
  /** Day from which it is aged; null while its duty is open (4.5). */
  readonly agesFrom: string | null;
}

interface Factor {
  readonly kind: ScoreFactorKind;
  readonly value: string;
  readonly words: Reason;
}

const POINT = 100;
const PERCENT = 100;
const TENTHS = 10;

/** `1250` hundredths → `12.50`. */
export const inPoints = (hundredths: number): string => (hundredths / POINT).toFixed(2);

const { BASE, WEIGHT, REPETITION, TIME, REPAIR } = ScoreFactorKind;

const factor = (kind: ScoreFactorKind, value: string, zh: string, en: string): Factor => ({
  kind,
  value,
  words: { zh, en },
});

function repetitionWords({ repetition }: RuleSet, percent: number): Reason {
  const days = repetition.windowDays;
  const before = repetition.percent.indexOf(percent);
  const isMost = before === repetition.percent.length - 1;
  if (before <= 0)
    return {
      zh: `此前 ${days} 天内同一维度没有其他仍在计分的记录`,
      en: `no other counting record of the dimension in the ${days} days before`,
    };
  return {
    zh: `此前 ${days} 天内同一维度还有 ${before} 条${isMost ? '或更多' : ''}仍在计分的记录`,
    en: `${before}${isMost ? ' or more' : ''} counting records of the dimension in the ${days} days before`,
  };
}

/** The steps by which a line fades. */
const stepsOf = ({ fading }: RuleSet, severity: string | undefined) =>
  fading[(severity ?? 'GOOD') as keyof RuleSet['fading']];

function timeWords(rules: RuleSet, percent: number, { severity, agesFrom }: RecordBehind): Reason {
  if (agesFrom === null)
    return {
      zh: '相关义务尚未履行，记录不随时间减轻',
      en: 'the duty behind it is open, so time does not lighten it',
    };
  const step = stepsOf(rules, severity).find((one) => one.percent === percent);
  return {
    zh: `自 ${agesFrom} 起第 ${step?.throughDay ?? 0} 天以内按 ${percent}% 计`,
    en: `${percent}% through day ${step?.throughDay ?? 0} from ${agesFrom} on`,
  };
}

const repairWords = (percent: number): Reason =>
  percent === PERCENT
    ? { zh: '未经修复减轻', en: 'not mitigated by a repair' }
    : { zh: '已经修复减轻', en: 'mitigated by a repair' };

/** Each number that the points of a record's line are the product of. */
export function factorsOf(rules: RuleSet, line: Line, behind: RecordBehind): Factor[] {
  const { base, weightTenths, repetitionPercent, timePercent, repairPercent } = line;
  const share = (kind: ScoreFactorKind, percent: number, { zh, en }: Reason) =>
    factor(kind, inPoints(percent), zh, en);
  const { severity } = behind;
  const basis = severity
    ? { zh: `严重程度 ${severity} 的基础分`, en: `base of severity ${severity}` }
    : { zh: '本项加分', en: 'points of this kind of good conduct' };
  return [
    ...(base === undefined ? [] : [factor(BASE, inPoints(base), basis.zh, basis.en)]),
    ...(weightTenths === undefined
      ? []
      : [
          factor(
            WEIGHT,
            (weightTenths / TENTHS).toFixed(1),
            '本项指标的权重',
            'weight of the indicator',
          ),
        ]),
    ...(repetitionPercent === undefined
      ? []
      : [share(REPETITION, repetitionPercent, repetitionWords(rules, repetitionPercent))]),
    ...(timePercent === undefined
      ? []
      : [share(TIME, timePercent, timeWords(rules, timePercent, behind))]),
    ...(repairPercent === undefined
      ? []
      : [share(REPAIR, repairPercent, repairWords(repairPercent))]),
  ];
}

const signed = (points: number): Reason =>
  points < 0
    ? { zh: `扣 ${inPoints(-points)} 分`, en: `${inPoints(-points)} points off` }
    : { zh: `加 ${inPoints(points)} 分`, en: `${inPoints(points)} points added` };

/** 考试作弊（S3）：20.00 × 1.5 × 1.00 × 1.00 × 1.00，扣 30.00 分。 */
export function lineWords(line: Line, factors: readonly Factor[], behind: RecordBehind): Reason {
  const indicator = indicatorByCode(line.indicatorCode ?? '');
  const product = factors.map(({ value }) => value).join(' × ');
  const { zh, en } = signed(line.points);
  const severity = behind.severity ? [`（${behind.severity}）`, ` (${behind.severity})`] : ['', ''];
  return {
    zh: `${indicator?.nameZh ?? ''}${severity[0]}：${product}，${zh}。`,
    en: `${indicator?.name ?? ''}${severity[1]}: ${product}, ${en}.`,
  };
}

const CAP = 'CAP-';

/** A line that stands for no record: what lies beyond a cap, or below a floor. */
export function capWords(rules: RuleSet, capCode: string, points: number): Reason {
  const { zh, en } = signed(points);
  const beyond = (what: Reason): Reason => ({
    zh: `${what.zh}：超出上限的部分，${zh}。`,
    en: `${what.en}: what lies beyond the cap, ${en}.`,
  });
  if (capCode === 'TP-FLOOR')
    return {
      zh: `第三方信息不使得分跨越等级分界线，${zh}。`,
      en: `What third parties report pushes the score across no bound of a grade, ${en}.`,
    };
  if (capCode === 'CAP-TP')
    return beyond({ zh: '第三方信息的扣分', en: 'Deductions by what third parties report' });
  if (capCode === 'CAP-BONUS') return beyond({ zh: '全部加分', en: 'All that is added' });
  const code = capCode.slice(CAP.length);
  if (rules.dimensionCaps.has(code))
    return beyond({ zh: `维度 ${code} 的扣分`, en: `Deductions of the dimension ${code}` });
  const indicator = indicatorByCode(code);
  return beyond({ zh: `${indicator?.nameZh ?? code}`, en: `${indicator?.name ?? code}` });
}

/** Of a record that the caller may not see. */
export const WITHHELD: Reason = {
  zh: '您无权查看该记录，此处仅列其分值。',
  en: 'You may not see this record; its points alone stand here.',
};

interface Fading {
  readonly on: string;
  readonly points: number;
}

/** The days after one at which a line has other points, if nothing else changes. */
export function fadesOf(
  rules: RuleSet,
  line: Line,
  { severity, agesFrom }: RecordBehind,
  after: string,
): Fading[] | undefined {
  if (agesFrom === null) return undefined;
  const steps = stepsOf(rules, severity);
  return steps
    .map(({ throughDay }, index) => ({
      on: addDays(agesFrom, throughDay + 1),
      points: pointsOf({ ...line, timePercent: steps[index + 1]?.percent ?? 0 }),
    }))
    .filter(({ on }) => on > after);
}

/** How to object to a line (G14). */
export function appealWords(line: Line, behind: RecordBehind | undefined): Reason | undefined {
  if (behind?.disputed)
    return {
      zh: '您对该记录的申诉正在办理。',
      en: 'Your appeal against this record is being dealt with.',
    };
  if (line.capCode)
    return {
      zh: '对计分有异议的，可就本次评价提出申诉（类型 EVALUATION）。',
      en: 'Whoever objects to the evaluation appeals against this snapshot (EVALUATION).',
    };
  return (
    behind && {
      zh: '对该记录有异议的，可随时提出申诉（类型 RECORD），记录仅以认定为据更改或撤销。',
      en: 'Whoever objects to this record appeals against it (RECORD); it is modified or revoked by a finding alone.',
    }
  );
}

/** When and how the repair of a bad record can be applied for (G15, L-17). */
export function howToRepair(record: RecordToRepair, today: string): Reason {
  const obstacle = inTheWay(record, today);
  return (
    obstacle ?? {
      zh: '现在可以申请信用修复（applyRepair），由学生处决定。',
      en: 'Its repair can be applied for now (applyRepair); Student Affairs decides.',
    }
  );
}

/** What the grades are bounded by (4.6). */
export function gradeWords({ grades, blocksBest, vetoes }: RuleSet): Reason {
  const bounds = grades.map(({ grade, least }) => `${grade} ≥ ${inPoints(least)}`).join('，');
  const [best = { grade: '' }] = grades;
  const worst = grades.at(-1);
  return {
    zh: `${bounds}；有仍在计分的 ${blocksBest.join('、')} 记录的不评为 ${best.grade}，有仍在计分且无争议的 ${vetoes.join('、')} 记录的为 ${worst?.grade ?? ''}；等级按不含第三方信息的得分评定。C、D 须经学院和学生处两人确认。`,
    en: `${bounds.replaceAll('，', ', ')}; not ${best.grade} with a counting record of ${blocksBest.join(', ')}, ${worst?.grade ?? ''} with one of ${vetoes.join(', ')} that is not disputed; by the score without what third parties report. C and D need the confirmation of two people.`,
  };
}

/** How to have a person look at what the rules came to (L-08). */
export const REVIEW: Reason = {
  zh: '不接受仅由规则自动得出的等级的，可申请人工复核（requestHumanReview）。',
  en: 'Whoever does not accept a grade that rules alone came to requests that a person reviews it (requestHumanReview).',
};
