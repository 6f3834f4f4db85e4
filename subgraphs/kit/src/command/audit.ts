/** `npm run audit:verify -w @chengxin/<office>`: whether the logs of an office are what was sealed. */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { execute, forkOf, openForWork } from '../database/orm.js';
import { logsOf, type SealedLog } from '../seal/sealed-log.js';
import { verifyLog, type Anchor, type Finding, type Verified } from '../seal/verify-logs.js';
import { readWorkConfig } from '../server/config.js';

/** What of an office the command looks at. */
export interface AuditedOffice {
  readonly name: string;
  readonly sealedLogs?: readonly SealedLog[];
}

const WORDS: Readonly<Record<Finding['what'], string>> = {
  ALTERED: '内容被改 altered',
  REMOVED: '被删除 removed',
  INSERTED: '事后插入 inserted afterwards',
  REORDERED: '次序被调换 re-ordered',
  SEAL_ALTERED: '封存本身被改 the seal itself is altered',
  SEAL_MISSING: '前一封存缺失 a seal before it is missing',
  SEAL_UNKNOWN_KEY: '签名密钥未知 its key is unknown',
  ANCHOR_BROKEN: '与留存的封存不符 it is not the one that was kept',
};

const findingText = ({ log, seal, what, id }: Finding): string =>
  `  ${log}, 封存 seal ${seal}${id === undefined ? '' : `, 行 row ${id}`}: ${WORDS[what]}`;

const verifiedText = (office: string, one: Verified): string[] => [
  `${office} ${one.log}: 封存 seals ${one.seals}, 行 rows ${one.rows}, 未封存 not sealed yet ${one.unsealed}, 不符 findings ${one.findings.length}`,
  ...one.findings.map(findingText),
];

/**
 * Anchors of a file, one JSON object a line.
 *
 * @throws Error naming the line that is none.
 */
async function readAnchors(file: string): Promise<Anchor[]> {
  const lines = (await readFile(file, 'utf8')).split('\n');
  return lines.flatMap((line, i) => {
    if (!line.trim()) return [];
    try {
      const { office, log, seal, digest } = JSON.parse(line) as Anchor;
      if ([office, log, seal, digest].every((part) => typeof part === 'string'))
        return [{ office, log, seal, digest }];
    } catch {
      // Said below.
    }
    throw new Error(`${file}, line ${i + 1}: this is no anchor.`);
  });
}

/**
 * Verify the logs of an office. Findings and counts go to the standard error, the state of each log to
 * the standard output, one JSON object a line: kept elsewhere, it is what `--anchors` compares with.
 *
 * @returns 1 with findings.
 */
export async function auditCommand(
  office: AuditedOffice,
  args: readonly string[],
): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { anchors: { type: 'string' } } });
  const anchors = values.anchors ? await readAnchors(values.anchors) : [];
  const { databaseUrl, keyring } = await readWorkConfig(office.name);
  const orm = await openForWork(databaseUrl);
  try {
    const em = forkOf(orm);
    const run = <Row>(sql: string, parameters: readonly unknown[]) =>
      execute<Row>(em, sql, parameters);
    let isWhole = true;
    for (const log of logsOf(office)) {
      const verified = await verifyLog({ run, keyring, anchors }, log);
      process.stderr.write(`${verifiedText(office.name, verified).join('\n')}\n`);
      if (verified.anchor) process.stdout.write(`${JSON.stringify(verified.anchor)}\n`);
      isWhole &&= verified.findings.length === 0;
    }
    return isWhole ? 0 : 1;
  } finally {
    await orm.close();
  }
}
