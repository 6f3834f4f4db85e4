/** What a request for an import says beside the bytes of its file: in its query, which is signed too. */
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fault } from '../../errors.js';
import { encodingNamed } from '../encoding.js';
import type { ImportKind } from '../kind.js';
import { readMapping } from '../mapping/read-mapping.js';
import type { ProposeOptions } from '../propose.js';

/** Parameters of the query. `mapping` is the text of a mapping, base64url. */
export const PARAMETERS = [
  'name',
  'basis',
  'encoding',
  'emptyClears',
  'mapping',
  'dryRun',
  'allOrNothing',
  'withValues',
] as const;
type Parameter = (typeof PARAMETERS)[number];

const TEXT_AT_MOST = 200;
const MAPPING_AT_MOST = 9000;
const UNPRINTABLE = /[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]/u;
const MAPPING_NAME = 'columns.yaml';
const UNNAMED = 'file';

function textOf(query: URLSearchParams, name: Parameter, atMost = TEXT_AT_MOST) {
  const text = query.get(name) ?? undefined;
  if (text !== undefined && (text.length > atMost || UNPRINTABLE.test(text)))
    throw fault('VALIDATION', `${name}: 过长或含有不可见字符。 Too long, or unprintable.`);
  return text || undefined;
}

function flagOf(query: URLSearchParams, name: Parameter): boolean {
  const text = query.get(name) ?? 'false';
  if (text !== 'true' && text !== 'false') throw fault('VALIDATION', `${name}: true, false.`);
  return text === 'true';
}

/** Nothing is passed over that a client believes to have said. */
function refuseUnknown(query: URLSearchParams): void {
  for (const name of query.keys())
    if (!PARAMETERS.includes(name as Parameter) || query.getAll(name).length > 1)
      throw fault('VALIDATION', `应为 One of ${PARAMETERS.join(', ')}, once.`);
}

/**
 * How a file is to be read and what becomes of it.
 *
 * @param path  Where the file lies; its mapping is put beside it.
 * @throws VALIDATION
 */
export async function readOptions(
  query: URLSearchParams,
  kind: ImportKind,
  path: string,
): Promise<ProposeOptions> {
  refuseUnknown(query);
  const [basisDocNo, mapped] = [
    textOf(query, 'basis'),
    textOf(query, 'mapping', (MAPPING_AT_MOST * 4) / 3),
  ];
  const encoding = encodingNamed(textOf(query, 'encoding'));
  const at = join(dirname(path), MAPPING_NAME);
  if (mapped) await writeFile(at, Buffer.from(mapped, 'base64url'), { mode: 0o600 });
  return {
    fileName: textOf(query, 'name') ?? UNNAMED,
    ...(basisDocNo && { basisDocNo }),
    ...(encoding && { encoding }),
    ...(mapped && { mapping: await readMapping(at, kind) }),
    emptyClears: (textOf(query, 'emptyClears') ?? '').split(',').filter((one) => one.trim() !== ''),
    dryRun: flagOf(query, 'dryRun'),
    allOrNothing: flagOf(query, 'allOrNothing'),
    withValues: flagOf(query, 'withValues'),
  };
}
