/** Rows of the security list as its people write them, and what the office holds of them. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execute, forkOf } from '@chengxin/kit/database/orm';
import { approve } from '@chengxin/kit/import/approve';
import { propose, type ProposeOptions } from '@chengxin/kit/import/propose';
import type { ImportReport } from '@chengxin/kit/import/report';
import type { Identity } from '@chengxin/kit/call/identity';
import { office } from '@chengxin/security/office';
import type { TestCollege } from '../support/college.js';
import { importer, authorizationOf } from '../support/imports.js';
import { maskedAt } from '../support/masked-at.js';

export const CLERK = importer('T0501', 'SEC_CLERK', ['SEC']);
export const REVIEWER = importer('T0502', 'SEC_REVIEWER', ['SEC']);

/** A finding of a school brawl; a case overrides what it is about. */
export const aCase = (changes: Record<string, string>): Record<string, string> => ({
  案件编号: 'SEC-2026-001',
  学号: '2024010305',
  行为日期: '2026-02-27',
  类别: '校内认定',
  处理机关: '保卫处',
  文书编号: '保认字〔2026〕1号',
  法律依据: '学生违纪处分办法第十二条',
  指标代码: 'D3-03',
  严重程度: '一般',
  认定日期: '2026-03-20',
  告知日期: '2026-03-06',
  ...changes,
});

export const running = (college: TestCollege) => {
  const security = college.started.offices.get('security');
  if (!security) throw new Error('There is no security office.');
  return security;
};

/** Run a statement in the office's database, under its run-time role. */
export const inDatabase = <Row = Record<string, unknown>>(
  college: TestCollege,
  sql: string,
  parameters: readonly unknown[] = [],
): Promise<Row[]> => execute<Row>(forkOf(running(college).orm), sql, parameters);

export interface Brought {
  readonly report: ImportReport;
  /** The list of rejected rows, line by line. */
  readonly rejected: readonly string[];
}

/** Stage rows as a clerk. */
export async function proposeCases(
  college: TestCollege,
  rows: readonly Record<string, string>[],
  clerk: Identity = CLERK,
  options: ProposeOptions = {},
): Promise<Brought> {
  const [job] = office.imports;
  if (!job) throw new Error('Security imports nothing.');
  const folder = await mkdtemp(join(tmpdir(), 'chengxin-security-'));
  try {
    const file = join(folder, `${randomUUID()}.csv`);
    const heads = Object.keys(rows[0] ?? {});
    const lines = [heads, ...rows.map((row) => heads.map((head) => row[head] ?? ''))];
    await writeFile(file, lines.map((cells) => cells.join(',')).join('\n'));
    const report = await propose(running(college), job, file, authorizationOf(clerk), options);
    const list = report.rejectedFile ? await readFile(report.rejectedFile, 'utf8') : '';
    return { report, rejected: list.split('\r\n').slice(1).filter(Boolean) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

export const approveCases = (
  college: TestCollege,
  batchId: string,
  reviewer: Identity = REVIEWER,
): Promise<ImportReport> => approve(running(college), office.imports, batchId, reviewer);

/** What is said beside law violations to whoever is shown a flag of them, be there any or none. */
export const flagged = (rule: string) =>
  maskedAt({ shown: 'FLAG', group: 'LAW_VIOLATIONS', rule }, [
    'student',
    'lawViolations',
    '@',
    'category',
  ]);
