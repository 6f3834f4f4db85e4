/** Identifiers that carry a check character. Source: DOMAIN 2.1. */
import { narrow } from './cell.js';
import { day } from './dates.js';
import { refuse, type Codec } from './reason.js';

const ID_SHAPE = /^\d{17}[\dX]$/;
const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const ID_CHECKS = '10X98765432';

const weighed = (values: readonly number[], weights: readonly number[]): number =>
  weights.reduce((sum, weight, at) => sum + weight * (values[at] ?? 0), 0);

/** A resident ID number by GB 11643: shape, birth date, check character. */
export const idNumber: Codec<string> = (cell) => {
  const value = narrow(cell).toUpperCase();
  if (!ID_SHAPE.test(value))
    return refuse('身份证号应为 18 位', 'must have 18 digits, the last may be X');
  const check = ID_CHECKS[weighed([...value].map(Number), ID_WEIGHTS) % ID_CHECKS.length];
  if (check !== value[17]) return refuse('身份证号校验位不符', 'has a wrong check digit');
  if ('reason' in day(value.slice(6, 14)))
    return refuse('身份证号中的出生日期不存在', 'holds a birth date that does not exist');
  return { value };
};

/** The birth date that a valid resident ID number holds, as `2006-05-14`. */
export const birthDateIn = (id: string): string =>
  `${id.slice(6, 10)}-${id.slice(10, 12)}-${id.slice(12, 14)}`;

/** `+86`, `0086` or `86` before a mobile number of this country. */
const COUNTRY = /^(?:\+|00)?86(?=1\d{10}$)/;

/** A phone number of 11 digits, also as `+86 199-0000-9003`. */
export const phone: Codec<string> = (cell) => {
  const value = narrow(cell)
    .replace(/[\s\-‐-―−()]/g, '')
    .replace(COUNTRY, '');
  return /^\d{11}$/.test(value)
    ? { value }
    : refuse('电话号码应为 11 位数字', 'must be a phone number of 11 digits');
};

const USCC_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const USCC_SHAPE = /^[0-9A-HJ-NPQRTUWXY]{18}$/;
const USCC_MODULUS = USCC_ALPHABET.length;
/** 3^(i−1) mod 31. */
const USCC_WEIGHTS = Array.from({ length: 17 }, (_, at) => 3 ** at % USCC_MODULUS);

/** A unified social credit code by GB 32100. */
export const uscc: Codec<string> = (cell) => {
  const value = narrow(cell).toUpperCase();
  if (!USCC_SHAPE.test(value))
    return refuse(
      '统一社会信用代码应为 18 位',
      'must have the 18 characters of a social credit code',
    );
  const sum = weighed(
    [...value].map((character) => USCC_ALPHABET.indexOf(character)),
    USCC_WEIGHTS,
  );
  const check = USCC_ALPHABET[(USCC_MODULUS - (sum % USCC_MODULUS)) % USCC_MODULUS];
  if (check !== value[17])
    return refuse('统一社会信用代码校验位不符', 'has a wrong check character');
  return { value };
};
