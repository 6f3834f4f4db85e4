/** What the PDF of a report says, in Chinese with English beside it. Pure. Source: Z2.1, G21, 3.6. */
import type { Group } from '@chengxin/kit/privacy/groups';
import { labelOf } from '@chengxin/kit/schema/labels';
import type { OpenedReport } from '@chengxin/kit/call/report-paths';
import { isObject, type Values } from '../objects.js';
import type { Paragraph } from '../export/pdf/layout.js';
import type { ReportContent } from './report-content.js';

const HEADING = 11;
const TEXT = 9;
const SMALL = 8;
const INDENT = 10;
const HUNDREDTHS = 100;

const heading = (text: string): Paragraph => ({
  text,
  size: HEADING,
  above: HEADING * 0.7,
  keptWith: 'AFTER',
});
const line = (text: string): Paragraph => ({ text, size: TEXT, indent: INDENT });

/** A plain value as a text; of nothing a dash. */
function plain(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  return '—';
}

/** The words of a code: `正常在籍 Enrolled`. */
function words(type: string, value: unknown): string {
  const label = labelOf(type, plain(value));
  return label ? `${label.zh} ${label.en}` : plain(value);
}

const rowsOf = (value: unknown): readonly Values[] =>
  Array.isArray(value) ? value.filter(isObject) : [];

/** From the first day to the last: `2025-03-01 – 2025-06-30`. */
const between = (from: unknown, to: unknown): string =>
  to ? `${plain(from)} – ${plain(to)}` : plain(from);

const NO_ROWS = line('无 None');
const listed = (title: string, rows: unknown, text: (row: Values) => string): Paragraph[] => {
  const all = rowsOf(rows);
  return all.length ? [line(title), ...all.map((row) => line(`· ${text(row)}`))] : [];
};

function goodConduct(content: Values): Paragraph[] {
  const found = [
    ...listed(
      '荣誉与表彰 Honours',
      content['goodRecords'],
      // A summary ends with the days of its record.
      ({ occurredOn, indicatorCode, level, summary }) =>
        `${summary ? plain(summary) : `${plain(indicatorCode)}，${plain(occurredOn)}`}（${words('HonourLevel', level)}）`,
    ),
    ...listed(
      '学生干部 Posts',
      content['cadrePosts'],
      ({ org, post, from, to }) => `${between(from, to)} ${plain(org)} ${plain(post)}`,
    ),
    ...listed(
      '社会实践 Practice',
      content['practices'],
      ({ activity, hours }) => `${plain(activity)} ${plain(hours)} 小时 h`,
    ),
    ...listed(
      '志愿服务 Volunteer service',
      content['volunteerHours'],
      ({ termCode, hours }) => `${plain(termCode)} ${plain(hours)} 小时 h`,
    ),
  ];
  return found.length ? found : [NO_ROWS];
}

/** Courses of a term stand in one paragraph, so that some years of them fit on a page. */
function grades(content: Values): Paragraph[] {
  const terms = Map.groupBy(rowsOf(content['grades']), ({ termCode }) => plain(termCode));
  const found = [...terms].map(([term, courses]) => {
    const each = courses.map(({ courseName, credits, score }) => {
      const raw = isObject(score) ? score['raw'] : undefined;
      return `${plain(courseName)} ${plain(raw)}（${plain(credits)} 学分 cr.）`;
    });
    return line(`${term}：${each.join('；')}`);
  });
  return found.length ? found : [NO_ROWS];
}

/** Whoever is handed a grade must know how many there are; the score of each is the rule set's (4.6). */
const SCALE = [
  '等级由高到低 Grades, the best first：A 优 excellent · B 良 good · C 中 attention · D 差 poor',
  '各等级的分数线以所列规则版本为准。 From which score each begins, the named version of the rules says.',
].map((text): Paragraph => ({ text, size: SMALL, indent: INDENT }));

const FLAGS: Readonly<Record<string, string>> = {
  NONE: '无 None',
  HAS_ACTIVE_SERIOUS: '有生效中的严重记录 A serious record is in force',
};

/** Title and text of each group. */
const SECTIONS: Readonly<
  Partial<Record<Group, readonly [title: string, text: (content: Values) => Paragraph[]]>>
> = {
  IDENTITY: [
    '基本信息 Student',
    (of) => [
      line(`姓名 Name：${plain(of['name'])}　学号 Student number：${plain(of['studentNo'])}`),
      line(`学院 College：${plain(of['college'])}　专业 Major：${plain(of['major'])}`),
      line(`班级 Class：${plain(of['class'])}　入学年份 Year of entry：${plain(of['cohort'])}`),
      line(
        `学籍状态 Enrolment：${words('EnrolmentStatus', of['enrolmentStatus'])}　毕业日期 Graduation：${plain(of['graduationOn'])}`,
      ),
    ],
  ],
  CREDIT_GRADE: [
    '信用等级 Credit grade',
    (of) => [
      line(
        of['grade']
          ? `${plain(of['grade'])}　评定日期 As of：${plain(of['asOf'])}　规则 Rules：${plain(of['ruleSetVersion'])}`
          : '尚无正式评定 No official grade as yet',
      ),
      ...(of['grade'] ? SCALE : []),
    ],
  ],
  CREDIT_SCORE: [
    '信用分 Credit score',
    ({ score }) => [line(typeof score === 'number' ? (score / HUNDREDTHS).toFixed(2) : '—')],
  ],
  ACADEMIC_SUMMARY: [
    '学业概况 Academic summary',
    (of) => [
      line(`平均绩点 GPA：${plain(of['gpa'])}　已获学分 Credits：${plain(of['creditsEarned'])}`),
      line(
        `排名区间 Rank：${words('RankBand', of['rankBand'])}　毕业资格 Graduation：${words('GraduationEligibility', of['graduationEligibility'])}`,
      ),
    ],
  ],
  GOOD_CONDUCT: ['守信记录 Good conduct', goodConduct],
  GRADUATION_REMARK: [
    '毕业评语 Graduation remark',
    ({ text, issuedOn }) => [text ? line(`${plain(text)}（${plain(issuedOn)}）`) : NO_ROWS],
  ],
  COMMITMENTS: [
    '信用承诺 Commitments',
    ({ commitments }) => {
      const rows = listed('已签承诺 Signed', commitments, ({ matter, state, signedAt }) =>
        [
          words('CommitmentMatter', matter),
          words('CommitmentState', state),
          plain(signedAt).slice(0, 'yyyy-mm-dd'.length),
        ].join('　'),
      );
      return rows.length ? rows : [NO_ROWS];
    },
  ],
  SELF_ENTRIES: [
    '经审核的自填信息 Approved entries',
    ({ selfEntries }) => {
      const rows = rowsOf(selfEntries).map(({ kind, title, organisation, role, startOn, endOn }) =>
        line(
          `· ${words('SelfEntryKind', kind)}　${between(startOn, endOn)}　${[
            title,
            organisation,
            role,
          ]
            .filter(Boolean)
            .map(plain)
            .join(' / ')}`,
        ),
      );
      return rows.length ? rows : [NO_ROWS];
    },
  ],
  GRADES: ['课程成绩 Course grades', grades],
};
/** Of these a report says whether there is a serious one, and no more (note 7). */
const FLAGGED: Readonly<Partial<Record<Group, string>>> = {
  ACADEMIC_MISCONDUCT: '学术不端与考试违纪 Academic misconduct',
  BAD_CONDUCT: '失信记录 Bad conduct',
};

function section(group: Group, content: unknown): Paragraph[] {
  const flagged = FLAGGED[group];
  if (flagged) return [heading(flagged), line(FLAGS[plain(content)] ?? '—')];
  const [title, text] = SECTIONS[group] ?? [];
  return title && text ? [heading(title), ...text((content ?? {}) as Values)] : [];
}

/** Beside the title, above all else. */
export const titleOf = ({ schoolName }: OpenedReport) => ({
  school: schoolName,
  title: '学生信用报告 Student Credit Report',
});

const dayOf = (instant: string, days: (at: Date) => string): string => days(new Date(instant));

/** Under the title: for whom, from when to when. */
export function headOf(report: OpenedReport, days: (at: Date) => string): Paragraph[] {
  const { recipientName, template, issuedAt, expiresAt, watermark } = report;
  const small = (text: string): Paragraph => ({ text, size: TEXT });
  return [
    small(`接收方 For：${recipientName}`),
    small(`模板 Template：${template}　编号 No.：${watermark}`),
    small(
      `签发日期 Issued：${dayOf(issuedAt, days)}　有效期至 Valid until：${dayOf(expiresAt, days)}`,
    ),
  ];
}

/** All sections, and what whoever reads it must know: never a page of its own. */
export const bodyOf = (content: ReportContent): Paragraph[] => [
  ...Object.entries(content).flatMap(([group, of]) => section(group as Group, of)),
  {
    text: '本报告由学生本人依据单独同意提供，仅供所列接收方使用；可作为重要依据，但不得作为唯一依据。是否有效以扫码查验为准。',
    size: SMALL,
    above: HEADING,
    keptWith: 'BEFORE',
  },
  {
    text: 'Handed over by the student under a separate consent, for the recipient named alone; it may weigh in a decision and may not be its only reason. Whether it is valid, the code says.',
    size: SMALL,
    keptWith: 'BEFORE',
  },
];
