import {
  academicYear,
  boolean,
  choice,
  code,
  list,
  studentNo,
  text,
} from '@chengxin/kit/import/codecs';
import { day, instant, term } from '@chengxin/kit/import/dates';
import { decimal, integer, yuanAboveZero, yuanToFen } from '@chengxin/kit/import/amounts';
import { idNumber, phone, uscc } from '@chengxin/kit/import/identifiers';
import type { Codec } from '@chengxin/kit/import/reason';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

/** The value, or the English reason, of each cell. */
function read<T>(codec: Codec<T>, ...cells: string[]): (T | string)[] {
  return cells.map((cell) => {
    const parsed = codec(cell);
    return 'reason' in parsed ? parsed.reason.en : parsed.value;
  });
}

describe('amounts (DOMAIN 2.1)', () => {
  test('yuan are read into integer fen in every usual way of writing (DOMAIN 2.1)', () => {
    expect(
      read(yuanToFen, '9800', '9,800.00', '￥9800.5', '¥ 0.07', '９８００元', '0', '1,234,567.89'),
    ).toEqual([980000, 980000, 980050, 7, 980000, 0, 123456789]);
  });

  test('zeros that say nothing are passed over, no other digit is (F-13)', () => {
    expect(read(yuanToFen, '9800.0000', '1,234.5600', '.5', '12.3450')).toEqual([
      980000,
      123456,
      50,
      'has more than two decimals',
    ]);
    expect(read(integer({ min: 0, max: 5000 }), '3.0', '2024.000', '3.5', '.0')).toEqual([
      3,
      2024,
      'is not a whole number',
      0,
    ]);
    const credits = decimal({ scale: 1, max: 99.9 });
    expect(read(credits, '3.00', '.5', '3.50', '2.25', '3.', '.')).toEqual([
      '3.0',
      '0.5',
      '3.5',
      'has more than 1 decimals',
      'is not a number',
      'is not a number',
    ]);
    const forms = [
      '2025-10-31 00:00:00',
      '2025-10-31T00:00:00.000',
      '2025/10/31 0:00',
      '2025-10-31T00:00:00+08:00',
    ];
    expect(read(day, ...forms)).toEqual(forms.map(() => '2025-10-31'));
    const form = 'must be a date such as 2025-10-31';
    expect(read(day, '2025-10-31 00:00:01', '2025-10-31T00:00:00Z')).toEqual([form, form]);
  });

  test('what is no amount, negative, finer than fen or too large is refused (DOMAIN 2.1)', () => {
    expect(
      read(
        yuanToFen,
        '',
        '12,34',
        '9800.',
        '.',
        '1e3',
        '九千',
        '-1',
        '0.005',
        '21474836.48',
        '9'.repeat(400),
      ),
    ).toEqual([
      ...Array<string>(6).fill('is not an amount'),
      'must not be negative',
      'has more than two decimals',
      ...Array<string>(2).fill('must not be more than 21474836.47 yuan'),
    ]);
    expect(read(yuanToFen, '21474836.47')).toEqual([2 ** 31 - 1]);
  });

  test('where nothing is no amount, zero is refused in every way of writing (DOMAIN 2.1)', () => {
    expect(read(yuanAboveZero, '0.01', '0', '0.00元', '0.005', '21474836.48')).toEqual([
      1,
      'must be more than zero',
      'must be more than zero',
      'has more than two decimals',
      'must not be more than 21474836.47 yuan',
    ]);
  });

  test('every amount that an integer column holds comes back exactly, with and without separators (DOMAIN 2.1)', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 31n - 1n }), (fen) => {
        const [yuan, cents] = [fen / 100n, String(fen % 100n).padStart(2, '0')];
        const grouped = String(yuan).replace(/\B(?=(\d{3})+$)/g, ',');
        const forms = [`${yuan}.${cents}`, `￥${grouped}.${cents}`, `${grouped}.${cents} 元`];
        if (cents.endsWith('0')) forms.push(`${yuan}.${cents[0]}`);
        if (cents === '00') forms.push(`${yuan}`);
        expect(read(yuanToFen, ...forms)).toEqual(forms.map(() => Number(fen)));
      }),
      { numRuns: 1000 },
    );
  });

  test('whole numbers keep their bounds and are not repaired (DOMAIN 2.1)', () => {
    const days = integer({ min: -5, max: 1200 });
    expect(read(days, '-5', '1,200', '＋７', '-0', '1201', '-6', '3.1', '三')).toEqual([
      -5,
      1200,
      7,
      0,
      'must be between -5 and 1200',
      'must be between -5 and 1200',
      'is not a whole number',
      'is not a whole number',
    ]);
  });

  test('decimals stay exact text with their scale (DOMAIN 2.1)', () => {
    const hours = decimal({ scale: 1, max: 9999.9 });
    expect(read(hours, '3', '0003.5', '9,999.9', '10000', '-0.1', '0.25', '0.1.2')).toEqual([
      '3.0',
      '3.5',
      '9999.9',
      'must be between 0 and 9999.9',
      'must be between 0 and 9999.9',
      'has more than 1 decimals',
      'is not a number',
    ]);
    expect(read(decimal({ scale: 2, max: 1, min: -1 }), '-0.05', '-0', '+1')).toEqual([
      '-0.05',
      '0.00',
      '1.00',
    ]);
    expect(read(decimal({ scale: 0, max: 10 }), '7.0', '7.1')).toEqual([
      '7',
      'has more than 0 decimals',
    ]);
    expect(() => decimal({ scale: 1, max: 0.25 })).toThrow(
      new Error('0.25 is no bound of a decimal with scale 1.'),
    );
  });
});

describe('days and instants (DOMAIN 2.1)', () => {
  test('a day may be written in four ways and must be in the calendar (DOMAIN 2.1)', () => {
    const forms = [
      '2025-10-31',
      '2025/10/31',
      '20251031',
      '2025年10月31日',
      '２０２５－１０－３１',
    ];
    expect(read(day, ...forms)).toEqual(forms.map(() => '2025-10-31'));
    expect(read(day, '2025/1/5', '2024-02-29')).toEqual(['2025-01-05', '2024-02-29']);
    const none = 'is not a day of the calendar';
    expect(read(day, '2025-02-29', '2025-13-01', '20250431', '0205-10-31', '2025-00-10')).toEqual(
      Array<string>(5).fill(none),
    );
    const form = 'must be a date such as 2025-10-31';
    expect(read(day, '31/10/2025', '2025-10/31', '45961', '2025-10-31 08:00')).toEqual(
      Array<string>(4).fill(form),
    );
  });

  test('every day from 1900 to 2199 is read back from each form (DOMAIN 2.1)', () => {
    const [min, max] = [new Date('1900-01-01'), new Date('2199-12-31')];
    fc.assert(
      fc.property(fc.date({ min, max, noInvalidDate: true }), (date) => {
        const iso = date.toISOString().slice(0, 10);
        const [y, m, d] = iso.split('-').map(Number);
        expect(
          read(day, iso, iso.replaceAll('-', ''), `${y}/${m}/${d}`, `${y}年${m}月${d}日`),
        ).toEqual([iso, iso, iso, iso]);
      }),
    );
  });

  test('an instant without offset is at +08:00 and all are kept in UTC (DOMAIN 2.1)', () => {
    expect(
      read(
        instant,
        '2025-10-31T08:30:00+08:00',
        '2025-10-31T00:30:00Z',
        '2025-10-31 08:30',
        '2025/10/31 8:30',
        '2025-10-30T18:00:00.25-0630',
        '2025-01-01T00:00:00',
      ),
    ).toEqual([
      '2025-10-31T00:30:00.000Z',
      '2025-10-31T00:30:00.000Z',
      '2025-10-31T00:30:00.000Z',
      '2025-10-31T00:30:00.000Z',
      '2025-10-31T00:30:00.250Z',
      '2024-12-31T16:00:00.000Z',
    ]);
  });

  test('an instant that no clock shows is refused (DOMAIN 2.1)', () => {
    const form = 'must be a time such as 2025-10-31T08:30:00+08:00';
    const none = 'is not a time of the clock';
    expect(read(instant, '2025-10-31', '08:30', '2025-10-31T8')).toEqual([form, form, form]);
    expect(
      read(
        instant,
        '2025-10-31T24:00',
        '2025-10-31T08:60',
        '2025-10-31T08:30:60',
        '2025-10-31T08:30+15:00',
      ),
    ).toEqual([none, none, none, none]);
    expect(read(instant, '2025-02-29T08:30')).toEqual(['is not a day of the calendar']);
  });
});

describe('identifiers (DOMAIN 2.1)', () => {
  const DIGITS = '0123456789';
  const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';

  /** Check character by ISO 7064 MOD 11-2, on which GB 11643 rests, without its weights. */
  function withCheck(digits: string): string {
    const sum = [...digits].reduce((rest, digit) => ((rest + Number(digit)) * 2) % 11, 0);
    return digits + '0123456789X'[(12 - sum) % 11];
  }

  const birthDay = fc
    .date({ min: new Date('1950-01-01'), max: new Date('2020-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10).replaceAll('-', ''));
  const serial = fc.integer({ min: 0, max: 999 }).map((number) => String(number).padStart(3, '0'));
  const validId = fc.tuple(birthDay, serial).map(([born, no]) => withCheck(`990000${born}${no}`));

  test('ID numbers pass with the right check digit, in either case and width (DOMAIN 2.1)', () => {
    const [given, textbook] = ['990000200611200032', '11010519491231002X'];
    expect(
      read(
        idNumber,
        given,
        textbook,
        '11010519491231002x',
        `'${given}`,
        '９９００００２００６１１２０００３２',
      ),
    ).toEqual([given, textbook, textbook, given, given]);
    fc.assert(
      fc.property(validId, (id) => {
        expect(read(idNumber, id)).toEqual([id]);
      }),
    );
  });

  test('ID numbers say what is wrong with them (DOMAIN 2.1)', () => {
    expect(
      read(idNumber, '99000020061120003', '990000200611200033', withCheck('99000020061131003')),
    ).toEqual([
      'must have 18 digits, the last may be X',
      'has a wrong check digit',
      'holds a birth date that does not exist',
    ]);
  });

  test('one changed digit of an ID number always fails (DOMAIN 2.1)', () => {
    fc.assert(
      fc.property(validId, fc.nat(17), fc.constantFrom(...DIGITS), (id, at, digit) => {
        fc.pre(id[at] !== digit);
        const changed = id.slice(0, at) + digit + id.slice(at + 1);
        expect(read(idNumber, changed)).toEqual(['has a wrong check digit']);
      }),
      { numRuns: 500 },
    );
  });

  const body = fc.string({ unit: fc.constantFrom(...ALPHABET), minLength: 17, maxLength: 17 });
  const accepted = (start: string): string[] =>
    [...ALPHABET].map((check) => start + check).filter((value) => 'value' in uscc(value));

  test('a social credit code has exactly one check character (DOMAIN 2.1)', () => {
    expect(read(uscc, '91350100M000100Y43', '91350100m000100y43')).toEqual([
      '91350100M000100Y43',
      '91350100M000100Y43',
    ]);
    expect(read(uscc, '91350100M000100Y4', '91350100I000100Y43', '91350100M000100Y44')).toEqual([
      'must have the 18 characters of a social credit code',
      'must have the 18 characters of a social credit code',
      'has a wrong check character',
    ]);
    fc.assert(
      fc.property(body, (start) => {
        expect(accepted(start)).toHaveLength(1);
      }),
    );
  });

  test('one changed character of a social credit code always fails (DOMAIN 2.1)', () => {
    fc.assert(
      fc.property(body, fc.nat(17), fc.constantFrom(...ALPHABET), (start, at, character) => {
        const [valid = ''] = accepted(start);
        fc.pre(valid[at] !== character);
        const changed = valid.slice(0, at) + character + valid.slice(at + 1);
        expect(read(uscc, changed)).toEqual(['has a wrong check character']);
      }),
    );
  });
});

describe('words and codes (DOMAIN 2.1, F-13)', () => {
  test('spreadsheet artefacts around a student number disappear (DOMAIN 2.1)', () => {
    const forms = [
      ' 2024010317\u00a0',
      '\u30002024010317\t',
      '２０２４０１０３１７',
      '="2024010317"',
      "'2024010317",
      '\ufeff2024010317\u200b',
    ];
    expect(read(studentNo(), ...forms)).toEqual(forms.map(() => '2024010317'));
  });

  test('a code that a spreadsheet turned into a number is refused, never repaired (F-13)', () => {
    const turned = 'was turned into a number by a spreadsheet; format the column as text';
    expect(read(studentNo(), '2024010317.0', '2.02401E+09', '2e+9')).toEqual([
      turned,
      turned,
      turned,
    ]);
    expect(read(code(/.+/), '7.00')).toEqual([turned]);
  });

  test('a code matches as a whole, by the configured shape (DOMAIN 2.1)', () => {
    expect(read(studentNo(), '202401031', '20240103170', '2024O10317')).toEqual(
      Array<string>(3).fill('is not a student number'),
    );
    expect(read(studentNo(/S\d{4}/), 'S1234', 'xS1234')).toEqual([
      'S1234',
      'is not a student number',
    ]);
    const course = code(/[a-z]\d|b/gi);
    expect(read(course, 'A1', 'A1', 'b', 'A12')).toEqual([
      'A1',
      'A1',
      'b',
      'does not have the form of this code',
    ]);
  });

  test('text keeps its punctuation, counts characters and refuses what cannot be shown (F-13)', () => {
    const short = text({ max: 4 });
    expect(
      read(short, ' 张三\u00a0', '（甲），Ｂ', '𠮷𠮷𠮷𠮷', '𠮷𠮷𠮷𠮷a', '一\n二', 'a\u0007'),
    ).toEqual([
      '张三',
      'is longer than 4 characters',
      '𠮷𠮷𠮷𠮷',
      'is longer than 4 characters',
      'must be a single line',
      'holds unprintable characters',
    ]);
    expect(read(text({ max: 9, lines: true }), '（甲），Ｂ１', '一\n二', '甲\u00a0乙')).toEqual([
      '（甲），B1',
      '一\n二',
      '甲 乙',
    ]);
  });

  const item = choice({ TUITION: ['学费', 'tuition fee'], DORM: ['住宿费'], OTHER: [] });

  test('what is not seen is taken away, a space inside a name stays (F-13)', () => {
    const short = text({ max: 9 });
    expect(
      read(short, '陈\u200d星', '林\u00ad海', '\u200e张\ufe0f三\u{e0101}', '李\u3000明\u3000'),
    ).toEqual(['陈星', '林海', '张三', '李\u3000明']);
  });

  test('a term is written with one year or two, in digits or in words (F-13)', () => {
    expect(
      read(
        term,
        '2025-1',
        '2025-2026-2',
        '2025-2026学年第一学期',
        '2025-2026 3',
        '2025-2026学年-1',
      ),
    ).toEqual(['2025-1', '2025-2', '2025-1', '2025-3', '2025-1']);
    expect(read(term, '20251', '2025-01', '2025-2027-1', '2025-4', '2025')).toEqual(
      Array<string>(5).fill('must be a term such as 2025-1 or 2025-2026-1'),
    );
  });

  test('an academic year has two years, of which one follows the other (F-13)', () => {
    expect(read(academicYear, '2025-2026', ' 1999-2000 ')).toEqual(['2025-2026', '1999-2000']);
    expect(read(academicYear, '2026-2029', '2026-2025', '2026-2026')).toEqual(
      Array<string>(3).fill('the two years of an academic year follow one another'),
    );
    expect(read(academicYear, '2025')).toEqual(['an academic year is written 2025-2026']);
  });

  test('a phone number has 11 digits, whatever stands between and before them (F-13)', () => {
    expect(
      read(phone, '19900009001', '+8619900009002', '199-0000-9003', '0086 199 0000 9004'),
    ).toEqual(['19900009001', '19900009002', '19900009003', '19900009004']);
    expect(read(phone, '1990000900', '1.99E+10', '861990000900')).toEqual(
      Array<string>(3).fill('must be a phone number of 11 digits'),
    );
  });

  test('a choice is its code or a label, without regard to case, space and width (DOMAIN 2.1)', () => {
    expect(read(item, 'TUITION', '学费', ' 学 费 ', 'Tuition Fee', 'ｄｏｒｍ', 'other')).toEqual([
      'TUITION',
      'TUITION',
      'TUITION',
      'TUITION',
      'DORM',
      'OTHER',
    ]);
  });

  test('another word is refused with the codes that there are, in both languages (F-10)', () => {
    expect(item('伙食费')).toEqual({
      reason: {
        zh: '应为以下之一：TUITION 学费、DORM 住宿费、OTHER',
        en: 'must be one of: TUITION 学费, DORM 住宿费, OTHER',
      },
    });
    const ethnic = choice(
      Object.fromEntries(Array.from({ length: 56 }, (_, at) => [`E${at}`, []])),
    );
    expect(read(ethnic, 'E55', 'E56')).toEqual(['E55', 'is not in the code set']);
    expect(() => choice({ A: ['甲'], B: ['甲'] })).toThrow(
      new Error('Two codes of one choice are called 甲.'),
    );
  });

  test('yes and no have four spellings each (F-13)', () => {
    expect(
      read(boolean, '是', 'TRUE', '１', 'Yes', '否', 'false', '0', 'no', '-1', 'Y', ''),
    ).toEqual([
      ...Array<boolean>(4).fill(true),
      ...Array<boolean>(4).fill(false),
      ...Array<string>(3).fill('must be yes or no'),
    ]);
  });

  test('a list is cut at any of its separators and names the item that is wrong (F-13)', () => {
    const amounts = list(yuanToFen);
    expect(read(amounts, '1; 2；3|4', '5;', '1;x', ' ; ')).toEqual([
      [100, 200, 300, 400],
      [500],
      'item 2 is not an amount',
      'holds no item',
    ]);
    expect(read(list(text({ max: 3 }), ']^-'), 'a]b^c-d', 'a;b')).toEqual([
      ['a', 'b', 'c', 'd'],
      ['a;b'],
    ]);
  });
});

test('a reason is the same for every bad value, so it cannot repeat one (F-13)', () => {
  const codecs: Codec<unknown>[] = [
    yuanToFen,
    integer({ min: 0, max: 9 }),
    decimal({ scale: 1, max: 9 }),
    day,
    instant,
    idNumber,
    uscc,
    studentNo(),
    boolean,
    text({ max: 2 }),
    choice({ A: [] }),
    list(day),
  ];
  for (const codec of codecs) {
    const refused = codec('秘密77777');
    expect(Object.keys(refused)).toEqual(['reason']);
    expect(codec('私事88888')).toEqual(refused);
  }
});
