/** What may stand in each part of an entry, whether a file says it or a student (2.5, F-13). */
import { decimal } from '@chengxin/kit/import/amounts';
import { code, text } from '@chengxin/kit/import/codecs';
import { phone, uscc } from '@chengxin/kit/import/identifiers';
import type { Codec } from '@chengxin/kit/import/reason';
import { CODE_SETS } from '../rules/code-set.loader.js';

const SHORT = text({ max: 100 });
const COUNTRIES = new Set(
  CODE_SETS.find(({ name }) => name === 'country')?.codes.map(({ code: name }) => name),
);
const countryShape = code(/^[A-Z]{2}$/);

/** A code of ISO 3166. */
const country: Codec<string> = (cell) => {
  const parsed = countryShape(cell);
  if ('reason' in parsed || COUNTRIES.has(parsed.value)) return parsed;
  return { reason: { zh: '不是国家代码', en: 'is no code of ISO 3166' } };
};

/** Number of a document; never an address. */
export const DOC_NO = text({ max: 60 });

export const ENTRY_CODECS = {
  title: SHORT,
  organisation: SHORT,
  role: SHORT,
  phone,
  email: SHORT,
  address: text({ max: 200 }),
  emergencyContact: SHORT,
  hobbies: text({ max: 200 }),
  level: text({ max: 40 }),
  certificateNo: DOC_NO,
  hours: decimal({ scale: 1, max: 99_999 }),
  result: text({ max: 200 }),
  advisor: text({ max: 60 }),
  uscc,
  supervisor: text({ max: 60 }),
  appraisal: text({ max: 400 }),
  contractKind: text({ max: 40 }),
  verifyUrl: code(/^https:\/\/\S{1,200}$/),
  country,
  exchangeKind: text({ max: 40 }),
} as const satisfies Record<string, Codec<string>>;
