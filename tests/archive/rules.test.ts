import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CATALOGUE } from '@chengxin/archive/rules/catalogue-item.loader';
import { ORIGINS, originOf } from '@chengxin/archive/rules/indicator.loader';
import { loadOffices } from '@chengxin/college/office-list';
import { sentence } from '@chengxin/kit/errors';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege();
});
afterAll(() => college.stop());

const SPECIFICATION = join(import.meta.dirname, '../../../shared/DOMAIN.md');
const S = ['S1', 'S2', 'S3', 'S4'];

/** Tables of DOMAIN 2.3, each line as its cells. */
function specified() {
  const text = readFileSync(SPECIFICATION, 'utf8');
  const section = text.slice(text.indexOf('### 2.3'), text.indexOf('### 2.4'));
  const cells = (code: RegExp) =>
    section
      .split('\n')
      .filter((line) => line.startsWith('| ') && code.test(line))
      .map((line) => line.slice(2, -2).split(' | '));
  const heads = [
    ...section.matchAll(/^\*\*(D\d) (\w+) (.+?)\*\* \((.+?)\)\. Deduction cap (\d+)/gm),
  ];
  return { heads, negative: cells(/^\| D\d-\d\d/), positive: cells(/^\| P-\d\d/) };
}

const hundredths = (points: string | undefined) => Math.round(Number(points) * 100);

function specifiedIndicators(): object[] {
  const { heads, negative, positive } = specified();
  const dimensions = new Map(
    heads.map(([, code = '', name, nameZh, virtueLine, cap]) => [
      code,
      { code, name, nameZh, virtueLine, deductionCap: hundredths(cap) },
    ]),
  );
  const bad = negative.map(([code = '', nameZh, name, weight, severity, owner, origin, source]) => {
    const [from = '', to = ''] = severity?.split('–') ?? [];
    const [, cap] = /score cap (\d)/.exec(source ?? '') ?? [];
    return {
      code,
      nameZh,
      name,
      dimension: dimensions.get(code.slice(0, 2)),
      weight,
      severityRange: S.slice(S.indexOf(from), S.indexOf(to) + 1),
      points: null,
      cap: cap ? hundredths(cap) : null,
      ownerOffice: /\/([A-Z]+)/.exec(owner ?? '')?.[1],
      source,
      origin,
    };
  });
  const good = positive.map(([code, nameZh, name, points, cap, origin]) => ({
    code,
    nameZh,
    name,
    dimension: null,
    weight: null,
    severityRange: null,
    points: hundredths(points),
    cap: hundredths(cap),
    ownerOffice: null,
    source: null,
    origin,
  }));
  return [...bad, ...good];
}

const INDICATORS = `{ indicators { code nameZh name weight severityRange points cap ownerOffice source
  origin dimension { code name nameZh virtueLine deductionCap } } }`;

/** Only where the specification stands beside the project. */
const compare = () =>
  test('anybody reads the 41 bad and 10 good codes of DOMAIN 2.3, row by row (G9)', async () => {
    const indicators = specifiedIndicators();
    expect(indicators).toHaveLength(51);
    expect(await college.request(null, INDICATORS)).toEqual({ data: { indicators } });
  });
if (existsSync(SPECIFICATION)) compare();

test('a rule set that there is not is not found (G9)', async () => {
  expect(await college.request(null, `{ indicators(version: "CR-2025.1") { code } }`)).toEqual({
    data: { indicators: null },
    errors: [
      {
        message: expect.any(String),
        path: ['indicators'],
        extensions: { code: 'NOT_FOUND' },
      },
    ],
  });
});

test('each code names the group that its records take (2.3)', () => {
  expect(
    ['D1-05', 'D2-01', 'D2-02', 'D3-01', 'D3-03', 'P-05', 'P-10', 'D9-99'].map(originOf),
  ).toEqual([
    'ACADEMIC_MISCONDUCT',
    'TUITION',
    'CARD_OVERDRAFTS',
    'BAD_CONDUCT',
    'LAW_VIOLATIONS',
    'GOOD_CONDUCT',
    'PHONE_BILLS',
    undefined,
  ]);
  expect(ORIGINS.toSorted()).toEqual([
    'ACADEMIC_MISCONDUCT',
    'BAD_CONDUCT',
    'CARD_OVERDRAFTS',
    'GOOD_CONDUCT',
    'LAW_VIOLATIONS',
    'LOAN_PERFORMANCE',
    'PHONE_BILLS',
    'TUITION',
  ]);
});

test('every code set of DOMAIN 2.1 names its source, or is empty and says what is missing', async () => {
  const answer = await college.request(
    null,
    `{ codeSets { name source sourceDate note codes { code } } }`,
  );
  const sets = answer.data?.['codeSets'] as {
    name: string;
    source: string | null;
    sourceDate: string | null;
    note: string | null;
    codes: object[];
  }[];
  expect(sets.map(({ name, codes }) => [name, codes.length])).toEqual([
    ['country', 249],
    ['decisionCreditReason', 5],
    ['decisionReason', 14],
    ['educationLevel', 0],
    ['ethnicGroup', 56],
    ['idType', 0],
    ['politicalStatus', 0],
    ['region', 367],
    ['sex', 0],
  ]);
  const unexplained = sets.filter(({ source, sourceDate, note, codes }) =>
    codes.length ? !source || !sourceDate : source !== null || sourceDate !== null || !note,
  );
  expect(unexplained).toEqual([]);
});

test('a code set that has no published source is empty with a note (2.1)', async () => {
  const query = `{ codeSets(name: "sex") { name standard source sourceDate note codes { code zh en } } }`;
  expect(await college.request('2024010317', query)).toEqual({
    data: {
      codeSets: [
        {
          name: 'sex',
          standard: 'GB/T 2261.1',
          source: null,
          sourceDate: null,
          note: 'No maintained package with the published list of GB/T 2261.1 was found; the codes of DOMAIN 2.1 are from memory.',
          codes: [],
        },
      ],
    },
  });
});

test('labels are in zh-CN and, where the source has them, in English (F-10)', async () => {
  const query = `{ country: codeSets(name: "country") { codes { code zh en } }
    region: codeSets(name: "region") { codes { code zh en } }
    ethnicGroup: codeSets(name: "ethnicGroup") { codes { code zh en } } }`;
  const answer = await college.request('T0401', query);
  const sets = answer.data as Record<string, { codes: { code: string }[] }[]>;
  const found = (set: string, code: string) =>
    sets[set]?.[0]?.codes.find((one) => one.code === code);
  expect([
    found('country', 'CN'),
    found('country', 'DE'),
    found('region', '520000'),
    found('region', '520100'),
    found('region', '810000'),
    found('ethnicGroup', '10'),
  ]).toEqual([
    { code: 'CN', zh: '中国', en: 'China' },
    { code: 'DE', zh: '德国', en: 'Germany' },
    { code: '520000', zh: '贵州省', en: 'Guizhou' },
    { code: '520100', zh: '贵阳市', en: null },
    { code: '810000', zh: '香港特别行政区', en: 'Hong Kong SAR China' },
    { code: '10', zh: '朝鲜族', en: 'Korean' },
  ]);
});

test('the catalogue says what each office supplies, and under which clause (G6.0, Z5.1.1)', async () => {
  const query = `{ catalogue(office: "FIN") { code name format providerOffice subjectType nature
    sharing updateCycle items basis } }`;
  const common = { format: 'CSV', providerOffice: 'FIN', subjectType: 'STUDENT', nature: 'BASIC' };
  expect(await college.request(null, query)).toEqual({
    data: {
      catalogue: [
        {
          ...common,
          code: 'FIN-001',
          name: '学杂费账单',
          sharing: 'NONE',
          updateCycle: 'EACH_YEAR',
          items: ['账单编号', '学号', '学年', '收费项目', '应缴金额', '缴费截止日期'],
          basis: 'G6.3',
        },
        {
          ...common,
          code: 'FIN-002',
          name: '缴费记录',
          sharing: 'NONE',
          updateCycle: 'ON_CHANGE',
          items: ['流水号', '账单编号', '学号', '实缴金额', '缴费日期'],
          basis: 'G6.3',
        },
        {
          ...common,
          code: 'FIN-003',
          name: '缓交',
          sharing: 'NONE',
          updateCycle: 'ON_CHANGE',
          items: ['账单编号', '学号', '缓交原因', '缓交至'],
          basis: 'G6.3; T-01',
        },
      ],
    },
  });
});

test('every import of an office is an item of the catalogue, with its columns (G6.0)', async () => {
  const offices = await loadOffices();
  const imported = offices.flatMap(({ name, imports }) =>
    imports.map(({ kind }) => ({
      importedBy: `${name}/${kind.name}`,
      items: kind.columns.map(({ headers }) => headers[1]),
    })),
  );
  const names = new Set(offices.map(({ name }) => name));
  const catalogued = CATALOGUE.filter(({ importedBy }) =>
    names.has(importedBy.split('/')[0] ?? ''),
  );
  const byName = (a: { importedBy: string }, b: { importedBy: string }) =>
    a.importedBy.localeCompare(b.importedBy);
  expect(
    catalogued.map(({ importedBy, items }) => ({ importedBy, items })).toSorted(byName),
  ).toEqual(imported.toSorted(byName));
  expect(new Set(CATALOGUE.map(({ code }) => code)).size).toBe(CATALOGUE.length);
});

test('words for the values of an enum are read at run time, and not without a login (F-10, 3.7(9))', async () => {
  const read = (type: string) =>
    college.request('T0401', `{ labels(type: "${type}") { type value zh en } }`);
  expect(await read('BillItem')).toEqual({
    data: {
      labels: [
        { type: 'BillItem', value: 'TUITION', zh: '学费', en: 'Tuition' },
        { type: 'BillItem', value: 'DORM', zh: '住宿费', en: 'Dormitory' },
        { type: 'BillItem', value: 'OTHER', zh: '其他', en: 'Other' },
      ],
    },
  });
  expect(await read('Nothing')).toEqual({ data: { labels: [] } });
  expect(await college.request(null, '{ labels { type } }')).toEqual({
    data: { labels: null },
    errors: [
      {
        message: sentence('UNAUTHENTICATED'),
        path: ['labels'],
        extensions: expect.objectContaining({ code: 'UNAUTHENTICATED' }),
      },
    ],
  });
});
