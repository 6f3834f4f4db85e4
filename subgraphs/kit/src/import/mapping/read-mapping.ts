/** Reads and checks the mapping of another system's file to a kind of import. */
import { integer } from '../amounts.js';
import { fold } from '../cell.js';
import type { Column, ImportKind } from '../kind.js';
import { headingName } from '../heading.js';
import { readConditions } from './conditions.js';
import { known } from './known.js';
import type { Mapping, Source } from './mapping.js';
import { checked, translation } from './translation.js';
import { readYaml, type Entry, type YamlText } from './yaml-text.js';

const KEYS = ['kind', 'skip', 'columns', 'joined', 'constants', 'rows'];
const COLUMN_KEYS = ['field', 'values', 'date'];
const JOINED_KEYS = ['columns', 'between', 'values', 'date'];
const skipped = integer({ min: 0, max: 100 });

function columnNamed(yaml: YamlText, kind: ImportKind, name: string, at: Entry['at']): Column {
  const column = kind.columns.find(({ field, headers }) =>
    [field, ...headers].map(fold).includes(fold(name)),
  );
  if (column) return column;
  const fields = kind.columns.map(({ field }) => field);
  throw yaml.refuse(
    at,
    `${kind.name} 没有字段“${name}”，应为：${fields.join('、')}。`,
    `${kind.name} has no field “${name}”; use ${fields.join(', ')}.`,
  );
}

/** Sources of fields, each claimed once. */
function claims(yaml: YamlText, kind: ImportKind) {
  const sources = new Map<string, Source & { readonly said: string }>();
  return {
    sources,
    claim({ field }: Column, at: Entry['at'], said: string, source: Source) {
      const other = sources.get(field);
      if (other)
        throw yaml.refuse(
          at,
          `字段 ${field} 有两个来源：${other.said}、${said}。`,
          `The field ${field} has two sources: ${other.said}, ${said}.`,
        );
      sources.set(field, { ...source, said });
    },
    checkWhole(at: Entry['at'] | null) {
      const missing = kind.columns.filter(({ field, required }) => required && !sources.has(field));
      if (missing.length === 0) return;
      const names = missing.map(({ field, headers }) => `${field} (${headers[1]})`);
      throw yaml.refuse(
        at,
        `没有来源的必填字段：${names.join('、')}。`,
        `Required fields without a source: ${names.join(', ')}.`,
      );
    },
  };
}

function readColumns(
  yaml: YamlText,
  kind: ImportKind,
  columns: Entry,
  { claim }: ReturnType<typeof claims>,
): void {
  const headers = new Set<string>();
  for (const { name, at, value } of yaml.entries(columns.value)) {
    if (headers.has(fold(name)))
      throw yaml.refuse(at, `列“${name}”出现两次。`, `The column “${name}” stands here twice.`);
    headers.add(fold(name));
    const details = isPlain(value) ? null : known(yaml, value, COLUMN_KEYS);
    const field = details ? details.get('field') : { value, at };
    if (!field)
      throw yaml.refuse(at, `列“${name}”没有 field。`, `The column “${name}” has no field.`);
    const column = columnNamed(yaml, kind, yaml.text(field.value), field.value);
    const translate = translation(yaml, column, details ?? new Map());
    claim(column, at, name, { headers: [name], translate });
  }
}

/** Fields that stand in several columns of the file: `termCode` in year and term. */
function readJoined(
  yaml: YamlText,
  kind: ImportKind,
  joined: Entry | undefined,
  { claim }: ReturnType<typeof claims>,
): void {
  for (const { name, at, value } of joined ? yaml.entries(joined.value) : []) {
    const column = columnNamed(yaml, kind, name, at);
    const details = known(yaml, value, JOINED_KEYS);
    const columns = details.get('columns');
    const headers = columns ? yaml.texts(columns.value) : [];
    if (headers.length < 2)
      throw yaml.refuse(
        at,
        `${name} 须由 columns 列出至少两列。`,
        `${name} needs at least two columns.`,
      );
    const between = details.get('between');
    const translate = translation(yaml, column, details);
    claim(column, at, headers.join('+'), {
      headers,
      between: between ? yaml.text(between.value) : '-',
      translate,
    });
  }
}

const isPlain = (value: Entry['value']): boolean => 'value' in value;

/**
 * Read a mapping file.
 *
 * @throws `VALIDATION`, naming file, line and mistake: no YAML, a name or a field that is not known,
 *         two sources for one field, a date that cannot be read, a value that its field refuses, a
 *         required field without a source.
 */
export async function readMapping(path: string, kind: ImportKind): Promise<Mapping> {
  const yaml = await readYaml(path);
  const root = known(yaml, yaml.root, KEYS);
  const [forKind, skip, columns, joined, constants, rows] = KEYS.map((key) => root.get(key));
  if (!forKind || yaml.text(forKind.value) !== kind.name)
    throw yaml.refuse(
      forKind?.value ?? null,
      `此对照表不是用于 ${kind.name} 的，应写 kind: ${kind.name}。`,
      `This mapping is not for ${kind.name}; it must say kind: ${kind.name}.`,
    );
  if (!columns) throw yaml.refuse(null, '没有 columns。', 'There are no columns.');
  const lines = skip ? skipped(yaml.text(skip.value)) : { value: 0 };
  if ('reason' in lines)
    throw yaml.refuse(skip!.value, `skip：${lines.reason.zh}。`, `skip ${lines.reason.en}.`);
  const fields = claims(yaml, kind);
  readColumns(yaml, kind, columns, fields);
  readJoined(yaml, kind, joined, fields);
  for (const { name, at, value } of constants ? yaml.entries(constants.value) : []) {
    const column = columnNamed(yaml, kind, name, at);
    const constant = checked(yaml, column, value);
    const translate = () => ({ value: constant });
    fields.claim(column, at, `“${constant}”`, { headers: [], translate });
  }
  fields.checkWhole(columns.at);
  const conditions = rows ? readConditions(yaml, rows) : [];
  const named = [
    ...[...fields.sources.values()].flatMap(({ headers }) => headers),
    ...conditions.map(({ header }) => header),
  ];
  return {
    name: yaml.name,
    skip: lines.value,
    sources: fields.sources,
    conditions,
    named: new Set(named.map(headingName)),
  };
}
