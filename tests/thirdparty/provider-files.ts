/** Files of providers, consents of students, and what the office holds. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execute, forkOf } from '@chengxin/kit/database/orm';
import type { Identity } from '@chengxin/kit/call/identity';
import { propose } from '@chengxin/kit/import/propose';
import type { ImportReport } from '@chengxin/kit/import/report';
import { office } from '@chengxin/thirdparty/office';
import { expect, vi } from 'vitest';
import type { TestCollege } from '../support/college.js';
import { importer, authorizationOf } from '../support/imports.js';

export const BANK = '91990000MA0000001B';
export const TELECOM = '91990000MA0000002E';
export const LOAN_BANK = '91990000MA0000003H';

export const SCHOOL = importer('T0001', 'SCHOOL_ADMIN', ['SCHOOL']);
export const BANKER = importer('bank-b-01', 'TPC_INST', [BANK]);
export const OPERATOR = importer('telecom-t-01', 'TPC_INST', [TELECOM]);
export const LENDER = importer('loan-h-01', 'TPC_INST', [LOAN_BANK]);

type Row = Readonly<Record<string, string>>;

export const REGISTER: readonly Row[] = [
  [BANK, '乙银行', '银行', 'JR-0001'],
  [TELECOM, '丙电信', '电信运营商', 'DX-0002'],
  [LOAN_BANK, '丁银行', '贷款机构', 'DK-0003'],
].map(([uscc = '', name = '', kind = '', licence = '']) => ({
  统一社会信用代码: uscc,
  机构名称: name,
  机构类型: kind,
  许可证号: licence,
  许可证有效期: '2027-12-31',
}));

/** A consent to collection by the bank, from February 2026 on for a year (SC-05). */
export const consent = (changes: Record<string, string>): Record<string, string> => ({
  授权编号: 'CS-BANK',
  学号: '2024020111',
  授权用途: '第三方采集',
  信息类别: 'CARD_OVERDRAFTS',
  接收方: '乙银行',
  接收方统一社会信用代码: BANK,
  告知书版本: 'N-2026.1',
  授权时间: '2026-02-20 09:00:00',
  到期时间: '2027-02-19 00:00:00',
  撤回时间: '',
  ...changes,
});
export const TO_TELECOM = {
  授权编号: 'CS-TELECOM',
  信息类别: 'PHONE_BILLS',
  接收方: '丙电信',
  接收方统一社会信用代码: TELECOM,
};
export const TO_LENDER = {
  授权编号: 'CS-LOAN',
  授权用途: '毕业后贷款',
  信息类别: 'LOAN_PERFORMANCE',
  接收方: '丁银行',
  接收方统一社会信用代码: LOAN_BANK,
};

export const statement = (changes: Record<string, string>): Record<string, string> => ({
  授权编号: 'CS-BANK',
  卡号后四位: '4321',
  账单日: '2026-03-05',
  逾期金额: '1,280.50',
  逾期天数: '12',
  结清日期: '',
  ...changes,
});
export const bill = (changes: Record<string, string>): Record<string, string> => ({
  授权编号: 'CS-TELECOM',
  手机号后四位: '1003',
  账期: '2026-02',
  金额: '58.00',
  缴费日期: '2026-04-01',
  逾期天数: '45',
  是否确认: '是',
  ...changes,
});
export const repayment = (changes: Record<string, string>): Record<string, string> => ({
  授权编号: 'CS-LOAN',
  '合同号(掩码)': 'DK****0031',
  账期: '2026-03',
  状态: '正常',
  是否结清: '否',
  ...changes,
});

const running = (college: TestCollege) => {
  const thirdparty = college.started.offices.get('thirdparty');
  if (!thirdparty) throw new Error('There is no third-party office.');
  return thirdparty;
};

/** Run a statement in the office's database, under its run-time role. */
export const inDatabase = <Result = Record<string, unknown>>(
  college: TestCollege,
  sql: string,
  parameters: readonly unknown[] = [],
): Promise<Result[]> => execute<Result>(forkOf(running(college).orm), sql, parameters);

export interface Brought {
  readonly report: ImportReport;
  /** The list of rejected rows, line by line. */
  readonly rejected: readonly string[];
}

/** Import rows of a kind as a person. */
export async function bringAs(
  college: TestCollege,
  person: Identity,
  kind: string,
  rows: readonly Row[],
): Promise<Brought> {
  const job = office.imports.find((one) => one.kind.name === kind);
  if (!job) throw new Error(`Third parties bring no ${kind}.`);
  const folder = await mkdtemp(join(tmpdir(), 'chengxin-thirdparty-'));
  try {
    const file = join(folder, `${randomUUID()}.csv`);
    const heads = Object.keys(rows[0] ?? {});
    const lines = [heads, ...rows.map((row) => heads.map((head) => `"${row[head] ?? ''}"`))];
    await writeFile(file, lines.map((cells) => cells.join(',')).join('\n'));
    const report = await propose(running(college), job, file, authorizationOf(person));
    const list = report.rejectedFile ? await readFile(report.rejectedFile, 'utf8') : '';
    return { report, rejected: list.split('\r\n').slice(1).filter(Boolean) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

interface Known {
  readonly consentId: string;
  readonly version: number;
  readonly purpose: string;
}
const KNOWN = `select consent_id as "consentId", version, purpose from consent`;
const CARRYING = ['THIRD_PARTY_COLLECT', 'POSTGRAD_LOAN'];

/**
 * Import consents into the archive and wait until the third-party office has consumed all of them.
 */
export async function giveConsents(college: TestCollege, rows: readonly Row[]): Promise<void> {
  await college.bring('archive', 'consents', rows);
  const archive = college.started.offices.get('archive');
  if (!archive) throw new Error('There is no archive.');
  const given = await execute<Known>(forkOf(archive.orm), KNOWN);
  // The feed waits for transactions of other tests on the same server.
  await vi.waitFor(
    async () => {
      await college.settle();
      const consumed = await inDatabase<Known>(college, KNOWN);
      const versions = new Map(consumed.map(({ consentId, version }) => [consentId, version]));
      const late = given.filter(
        ({ consentId, version, purpose }) =>
          versions.get(consentId) !== version &&
          (CARRYING.includes(purpose) || versions.has(consentId)),
      );
      expect(late).toEqual([]);
    },
    { timeout: 10_000 },
  );
}
