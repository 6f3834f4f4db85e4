/** What the PDF of a copy says, paragraph by paragraph, in the order of the JSON. Pure. */
import { labelOf } from '@chengxin/kit/schema/labels';
import {
  getNamedType,
  isEnumType,
  isObjectType,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';
import { isObject, type Values } from '../../objects.js';
import { OWN_COPY, type OwnArchive, type OwnRecord } from '../own-archive.js';
import { wordOf } from './field-words.js';
import type { Paragraph } from './layout.js';

const TITLE = 18;
const HEADING = 12;
const TEXT = 9;
const INDENT = 12;
const DEEPEST = 8;

/** Offices in words; one that joins later stands by its name. */
const OFFICES: Readonly<Record<string, string>> = {
  archive: '学生处 Student Affairs',
  academics: '教务处 Academic Affairs',
  finance: '财务处 Finance',
  security: '保卫处 Security',
  youthleague: '团委 Youth League',
  thirdparty: '第三方机构 Third parties',
};

const heading = (text: string): Paragraph => ({ text, size: HEADING, above: HEADING });
const line = (text: string, depth: number): Paragraph => ({
  text,
  size: TEXT,
  indent: INDENT * Math.min(depth, DEEPEST),
});

const yesNo = (value: boolean): string => (value ? '是 yes' : '否 no');

/** A value as it stands in the file; of a code its words beside it. */
function textOf(value: unknown, type: GraphQLNamedType | undefined): string {
  if (typeof value === 'boolean') return yesNo(value);
  const text = String(value);
  const label = isEnumType(type) ? labelOf(type.name, text) : undefined;
  return label ? `${label.zh} ${label.en} (${text})` : text;
}

/** `平均绩点 gpa`: as a student knows it, and as the JSON and the graph call it. */
const named = (field: string): string => [wordOf(field) ?? [], field].flat().join(' ');

type Inner = GraphQLNamedType | undefined;

const fieldType = (type: Inner, field: string): Inner =>
  isObjectType(type) ? getNamedType(type.getFields()[field]?.type) : undefined;

function itemsOf(values: readonly unknown[], type: Inner, depth: number): Paragraph[] {
  return values.flatMap((value, place) =>
    isObject(value)
      ? [line(`${place + 1}.`, depth), ...fieldsOf(value, type, depth + 1)]
      : [line(`${place + 1}. ${textOf(value, type)}`, depth)],
  );
}

/** `严重程度 severity: 较重 Serious (S3)`; what is null is left out. */
function fieldsOf(values: Values, type: Inner, depth: number): Paragraph[] {
  return Object.entries(values).flatMap(([name, value]): Paragraph[] => {
    if (value === null) return [];
    const inner = fieldType(type, name);
    if (Array.isArray(value))
      return value.length
        ? [line(`${named(name)}:`, depth), ...itemsOf(value, inner, depth + 1)]
        : [];
    if (isObject(value))
      return [line(`${named(name)}:`, depth), ...fieldsOf(value, inner, depth + 1)];
    return [line(`${named(name)}: ${textOf(value, inner)}`, depth)];
  });
}

const nothing = (paragraphs: readonly Paragraph[]): readonly Paragraph[] =>
  paragraphs.length ? paragraphs : [line('无 none', 0)];

function recordText({ office, name, content }: OwnRecord, student: Inner): Paragraph[] {
  const type = name === 'profile' ? student : fieldType(student, name);
  const title = heading(`${named(name)} · ${OFFICES[office] ?? office}`);
  const body = Array.isArray(content)
    ? itemsOf(content, type, 0)
    : fieldsOf((content ?? {}) as Values, type, 0);
  return [title, ...nothing(body)];
}

const listText = (title: string, rows: readonly unknown[], type: Inner): Paragraph[] => [
  heading(title),
  ...nothing(itemsOf(rows, type, 0)),
];

/** The whole of a copy. */
export function paragraphsOf(archive: OwnArchive, schema: GraphQLSchema): Paragraph[] {
  const student = schema.getType('Student');
  const { studentNo, exportedAt, exportId, records, changes, access, sealed } = archive;
  return [
    { text: '诚信档案（本人副本） Integrity archive, own copy', size: TITLE },
    line(`${OWN_COPY.zh}。 ${OWN_COPY.en}.`, 0),
    line(`学号 Student number: ${studentNo}`, 0),
    line(`导出时间 Exported at (UTC): ${exportedAt}`, 0),
    line(`导出编号 Number of this export: ${exportId}`, 0),
    ...records.flatMap((record) => recordText(record, student)),
    ...listText('变更记录 Changes', changes, schema.getType('OperationLog')),
    ...listText('查阅记录 Who has looked', access, schema.getType('AccessEvent')),
    ...(sealed.length
      ? [heading('已封存内容 What is sealed'), ...sealed.map((place) => line(place, 0))]
      : []),
  ];
}
