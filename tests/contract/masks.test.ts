/** Every row of masks.csv that shows a part has a way to show it, and it shows no more (DOMAIN 3.4). */
import { creditView, snapshotOf } from '@chengxin/archive/credit/credit-view';
import type { SelfEntryKind } from '@chengxin/archive/self-entry/self-entry.entity';
import { detailOf } from '@chengxin/archive/self-entry/self-entry.rules';
import { sealIdNumber } from '@chengxin/archive/student/id-number';
import { loadOffices } from '@chengxin/college/office-list';
import { buildOfficeSchema } from '@chengxin/kit/schema/federation';
import { maskedValue } from '@chengxin/kit/schema/mask';
import type { GuardedField } from '@chengxin/kit/schema/guards';
import { bandsOf, MASK_ROWS, type MaskRow, type Shown } from '@chengxin/kit/privacy/masks';
import type { Role } from '@chengxin/kit/privacy/roles';
import { SHORTENED } from '@chengxin/kit/privacy/verdict';
import fc from 'fast-check';
import { getNamedType, isEnumType } from 'graphql';
import { beforeAll, expect, test } from 'vitest';

const PARTS: ReadonlySet<Shown> = new Set(['LAST4', 'FIRST_LAST', 'YEAR', 'BAND']);
const WORDS: ReadonlySet<Shown> = new Set(['CATEGORY', 'FLAG']);

let fields: Map<string, GuardedField>;
beforeAll(async () => {
  fields = new Map();
  for (const office of await loadOffices())
    for (const one of (await buildOfficeSchema(office)).guarded)
      fields.set(`${one.type.name}.${one.field.name}`, one);
});

const nameOf = ({ type, field }: MaskRow): string => `${type}.${field}`;
/** Rows of fields that are built, by how they are shown; types not built yet join by themselves. */
const rowsOf = (shapes: ReadonlySet<Shown>): MaskRow[] =>
  MASK_ROWS.filter(
    (row) => shapes.has(row.shown) && fields.has(nameOf(row)) && !SHORTENED.has(nameOf(row)),
  );

const policiesOf = (one: GuardedField | undefined): readonly string[] =>
  one?.guard.kind === 'group' ? one.guard.policies : [];

test('every row that shows a part has a twin of its field, a text that may be null, in its groups', () => {
  const wrong = rowsOf(PARTS).flatMap((row) => {
    const twin = fields.get(`${nameOf(row)}Masked`);
    if (!twin) return [`${nameOf(row)}Masked is missing (${row.shown} for ${row.role})`];
    const groups = policiesOf(fields.get(nameOf(row)));
    const isSame = policiesOf(twin).join() === groups.join() && groups.includes(row.group);
    return isSame && String(twin.field.type) === 'String'
      ? []
      : [`${nameOf(row)}Masked: ${String(twin.field.type)} of ${policiesOf(twin).join(', ')}`];
  });
  expect(wrong).toEqual([]);
});

test('every row that shows words has a mask function on its field, which may be null', () => {
  const wrong = rowsOf(WORDS).filter((row) => {
    const { guard, field } = fields.get(nameOf(row)) ?? {};
    return guard?.kind !== 'group' || !guard.mask || String(field?.type).endsWith('!');
  });
  expect(wrong.map((row) => `${nameOf(row)} lacks its mask (${row.shown})`)).toEqual([]);
});

const dataKey = Buffer.alloc(32, 7);
const CONTEXT = { keyring: { dataKey } };
const STUDENT_NO = '2024010317';

/** What holds a value, where it is not a property of the field's name. */
const HELD_OTHERWISE: Readonly<Record<string, (value: string) => object>> = {
  'BasicDetail.phone': (value) => detailOf('BASIC' as SelfEntryKind, { phone: value } as never),
  'Student.idNumber': (value) => ({
    studentNo: STUDENT_NO,
    sealedIdNumber: sealIdNumber(dataKey, STUDENT_NO, value),
  }),
  'AcademicSummary.creditsEarned': (value) => ({ creditsEarned: value, creditsDue: '60.5' }),
  'Credit.score': (value) =>
    creditView(
      STUDENT_NO,
      {
        studentNo: STUDENT_NO,
        snapshotId: 'S-1',
        ruleSet: 'CR-2026.1',
        onDay: '2026-04-12',
        grade: 'A',
        view: { score: Math.round(Number(value) * 100), dimensions: {}, lines: [] } as never,
      },
      false,
    ),
  'CreditSnapshot.schoolScore': (value) =>
    snapshotOf(false, {
      school: { score: Math.round(Number(value) * 100), dimensions: {}, lines: [] },
      view: { lines: [] },
    } as never),
};

/** What the twin of a field shows of a value, by its own resolver. */
async function shownBy(name: string, value: string): Promise<string | null> {
  const [, field = ''] = name.split('.');
  const holder = HELD_OTHERWISE[name]?.(value) ?? { studentNo: STUDENT_NO, [field]: value };
  const twin = fields.get(`${name}Masked`)?.field;
  const resolve = twin?.resolve;
  const shown: unknown = resolve
    ? await resolve(holder, {}, CONTEXT, {} as never)
    : Reflect.get(holder, `${field}Masked`);
  if (shown !== null && typeof shown !== 'string')
    throw new Error(`Say in HELD_OTHERWISE what holds a value of ${name}.`);
  return shown;
}

const NUMBERS = /^(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)$/;
const bounds = (band: string): [number, number] => {
  const [, low = '', high = ''] = NUMBERS.exec(band) ?? [];
  return [Number(low), Number(high)];
};

/** Decimals with two places, up to the end of the highest band; any where bands are words. */
function decimals(bands: readonly string[]): fc.Arbitrary<string> {
  const isOfNumbers = bands.every((band) => NUMBERS.test(band));
  const most = isOfNumbers ? Math.max(...bands.map((band) => bounds(band)[1])) : 200;
  return fc.integer({ min: 0, max: most * 100 }).map((hundredths) => (hundredths / 100).toFixed(2));
}

const characters = fc.constantFrom(...'0123456789XYZ李思源欧阳');
const texts = fc.array(characters, { minLength: 1, maxLength: 20 }).map((all) => all.join(''));
const days = fc
  .date({ min: new Date('1950-01-01'), max: new Date('2026-04-12'), noInvalidDate: true })
  .map((day) => day.toISOString().slice(0, 10));

const valuesOf = ({ shown, type, field }: MaskRow): fc.Arbitrary<string> => {
  if (shown === 'BAND') return decimals(bandsOf(type, field));
  return shown === 'YEAR' ? days : texts;
};

/** Positions at which something else than a star is shown. */
const open = (shown: string): number[] =>
  [...shown].flatMap((character, at) => (character === '*' ? [] : [at]));

/** Whether what is shown is no more of the value than the shape allows. */
function isWithin(row: MaskRow, value: string, shown: string | null): boolean {
  const bands = bandsOf(row.type, row.field);
  const text = shown ?? '';
  const end = value.length - 1;
  switch (row.shown) {
    case 'LAST4': {
      const places = open(text);
      return (
        text.length === value.length &&
        places.length <= 4 &&
        places.length < value.length &&
        places.every((at) => at > end - 4 && text[at] === value[at])
      );
    }
    case 'FIRST_LAST': {
      const places = open(text);
      return (
        text.length === value.length &&
        places.length < value.length &&
        places.every((at) => (at === 0 || at === end) && text[at] === value[at])
      );
    }
    case 'YEAR':
      return text === value.slice(0, 4);
    default: {
      if (!bands.includes(text)) return false;
      const [low, high] = bounds(text);
      return !NUMBERS.test(text) || (low <= Number(value) && Number(value) <= high);
    }
  }
}

/** Put together of office and name, which other rows hold: the tests of the log look at it. */
const COMPOSED: ReadonlySet<string> = new Set(['OperationLog.actor']);

test('a twin shows of any value its shape and nothing else', async () => {
  const plain = rowsOf(PARTS).filter((row) => !COMPOSED.has(nameOf(row)));
  const shapes = new Map(plain.map((row) => [`${nameOf(row)} ${row.shown}`, row]));
  for (const row of shapes.values()) {
    const holds = fc.asyncProperty(valuesOf(row), async (value) => {
      const shown = await shownBy(nameOf(row), value);
      if (!isWithin(row, value, shown))
        throw new Error(`${nameOf(row)}: ${value} is shown as ${shown}, which is no ${row.shown}.`);
    });
    await expect(fc.assert(holds, { numRuns: 200 })).resolves.toBeUndefined();
  }
});

/** Codes as facts carry them, for fields that are text. */
const CODES = ['D1-05', 'D2-01', 'D3-08', 'D4-03', 'D5-01', 'D6-06'];

/** All values of a field that has some of a list; codes of conduct where it is text. */
function everyValue(name: string): readonly unknown[] {
  const type = fields.get(name)?.field.type;
  const named = type && getNamedType(type);
  return isEnumType(named) ? named.getValues().map(({ value }) => value as unknown) : CODES;
}

test('a category or flag is one of its words, whatever the value, and some value has one', () => {
  for (const row of rowsOf(WORDS)) {
    const name = nameOf(row);
    const { guard } = fields.get(name) ?? {};
    if (guard?.kind !== 'group') throw new Error(`${name} has no group.`);
    const values = everyValue(name);
    const shown = values.map((value) =>
      maskedValue(guard, row.role as Role, [row.type, row.field], value),
    );
    const allowed = [null, ...row.bands];
    const named = { row: `${name} for ${row.role}` };
    expect({ ...named, strange: shown.filter((one) => !allowed.includes(one as string)) }).toEqual({
      ...named,
      strange: [],
    });
    expect({ ...named, isMute: shown.every((one) => one === null) }).toEqual({
      ...named,
      isMute: false,
    });
    // A word that the field's own type does not have would be an error when it is answered.
    const known = [null, ...values];
    const isEnum = values !== CODES;
    expect({
      ...named,
      untyped: isEnum ? shown.filter((one) => !known.includes(one)) : [],
    }).toEqual({ ...named, untyped: [] });
  }
});

test('a mask function that says too much is not used', () => {
  const open = { kind: 'group', policies: ['TUITION'], mask: () => 'MALICIOUS' } as const;
  const where = ['Arrears', 'category'] as const;
  expect(maskedValue(open, 'COUNSELLOR', where, 'MALICIOUS')).toBeNull();
  expect(maskedValue(open, 'FIN_CLERK', where, 'CLEARED')).toBe('CLEARED');
});

test('bands lie side by side from zero up, each value in one of them', () => {
  const banded = new Set(
    MASK_ROWS.filter(({ shown }) => shown === 'BAND').map((row) => nameOf(row)),
  );
  for (const name of banded) {
    const [type = '', field = ''] = name.split('.');
    const bands = bandsOf(type, field);
    if (!bands.some((band) => NUMBERS.test(band))) continue;
    const sorted = bands.map(bounds).toSorted(([a], [b]) => a - b);
    const gaps = sorted
      .slice(1)
      .map(([low], at) => Math.round((low - (sorted[at]?.[1] ?? 0)) * 100));
    expect({ name, from: sorted[0]?.[0], gaps: new Set(gaps) }).toEqual({
      name,
      from: 0,
      gaps: new Set([1]),
    });
  }
});
