/** What a text to be signed must be, and its hash. Pure. Source: G10.2, Z5.2.2, INV-17. */
import { digestStream } from '@chengxin/kit/call/crypto';
import type { Act } from '@chengxin/kit/change/act';
import { invalid } from '@chengxin/kit/change/errors';
import { checkText } from '@chengxin/kit/change/text.rules';
import type { Changes } from '@chengxin/kit/change/write-row';
import { officeOf, STUDENT_AFFAIRS } from '../../org/own-office.js';
import { CommitmentMatter } from '../commitment-matter.js';
import { TemplateKind, type CommitmentTemplate } from '../commitment-template.entity.js';

/**
 * Whose matter it is (Z5.2.2): nobody writes what is promised to another office. Each office has
 * statistics of its own.
 */
const OWNERS: Readonly<Record<CommitmentMatter, readonly string[] | 'EACH'>> = {
  ENTRY: [STUDENT_AFFAIRS],
  EXAM: ['AAO'],
  ADMISSION: ['AEO'],
  PROJECT: ['RDO'],
  TITLE: ['HRO'],
  AID: [STUDENT_AFFAIRS, 'FIN'],
  PERFORMANCE: ['HRO'],
  AWARD: [STUDENT_AFFAIRS, 'CYL'],
  STATISTICS: 'EACH',
};
const SUBJECTS: ReadonlySet<string> = new Set(['STUDENT', 'STAFF', 'ORG']);
const VERSION = /^[A-Za-z0-9][A-Za-z0-9.-]{0,31}$/;
const CLAUSE_AT_MOST = 2000;
const CLAUSES_AT_MOST = 100;

type Text = Pick<CommitmentTemplate, 'clauses' | 'consequences'>;

/** SHA-256, hexadecimal, of the clauses and then the consequences, one a line, in UTF-8. */
export const textSha256 = ({ clauses, consequences }: Text): string =>
  digestStream()
    .update([...clauses, ...consequences].join('\n'), 'utf8')
    .digest('hex');

export interface DraftedText extends Text {
  readonly kind: TemplateKind;
  readonly matter: CommitmentMatter;
  readonly templateVersion: string;
  readonly subjectTypes: readonly string[];
  readonly validFrom: string;
  readonly validTo?: string;
}

function checkLines(path: string, lines: readonly string[], atLeast: number): void {
  if (lines.length < atLeast || lines.length > CLAUSES_AT_MOST)
    throw invalid(
      path,
      `请填写 ${atLeast} 至 ${CLAUSES_AT_MOST} 条。 ${atLeast} to ${CLAUSES_AT_MOST} of them.`,
    );
  for (const line of lines) {
    if (!line.trim() || line.includes('\n'))
      throw invalid(path, '每条一行，不能为空。 One line each, not blank.');
    checkText(path, line, CLAUSE_AT_MOST);
  }
}

/** What is signed at entry is Student Affairs'; of the agreement there is no other. Each matter has its office. */
function checkMatter({ kind, matter }: DraftedText, office: string): void {
  if (kind === TemplateKind.AGREEMENT && matter !== CommitmentMatter.ENTRY)
    throw invalid('matter', '服务协议属于入学事项。 The agreement is of the matter ENTRY.');
  if (matter === CommitmentMatter.ENTRY && office !== STUDENT_AFFAIRS)
    throw invalid(
      'matter',
      '入学文本由学生处起草。 Texts of entry are written by Student Affairs.',
    );
  const owners = OWNERS[matter];
  if (owners !== 'EACH' && !owners.includes(office))
    throw invalid(
      'matter',
      `该事项的承诺书由 ${owners.join('、')} 起草。 Texts of this matter are written by ${owners.join(', ')}.`,
    );
}

/**
 * A text as its office drafts it. That an agreement bundles no consent is a constraint of the database.
 *
 * @throws VALIDATION naming what is wrong.
 */
export const drafted =
  (text: DraftedText) =>
  ({ by }: Pick<Act, 'by'>): Changes<CommitmentTemplate> => {
    const { kind, matter, templateVersion, subjectTypes, clauses, consequences } = text;
    const ownerOffice = officeOf(by.role) ?? '';
    checkMatter(text, ownerOffice);
    if (!VERSION.test(templateVersion))
      throw invalid('templateVersion', '版本号格式不正确。 Letters, digits, dots and dashes.');
    if (!subjectTypes.length || subjectTypes.some((type) => !SUBJECTS.has(type)))
      throw invalid('subjectTypes', '应为 STUDENT、STAFF 或 ORG。 STUDENT, STAFF or ORG.');
    checkLines('clauses', clauses, 1);
    checkLines('consequences', consequences, 0);
    const { validFrom, validTo } = text;
    if (validTo && validTo < validFrom)
      throw invalid('validTo', '早于生效日期。 It is before the first day.');
    return {
      kind,
      matter,
      templateVersion,
      ownerOffice,
      validFrom,
      subjectTypes: [...subjectTypes],
      clauses: [...clauses],
      consequences: [...consequences],
      validTo: validTo ?? (null as unknown as string),
    };
  };

/** Published by a second person; from then on the text stands. */
export const published = (
  _: CommitmentTemplate,
  { by, now }: Act,
): Changes<CommitmentTemplate> => ({ approvedBy: by.subject, approvedAt: now });
