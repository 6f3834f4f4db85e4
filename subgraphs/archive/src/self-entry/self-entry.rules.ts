/** What each kind of entry says, and how much of it whom. Pure. Source: DOMAIN 2.5, 3.2, 3.4. */
import type { Problem } from '@chengxin/kit/import/reason';
import type { Group } from '@chengxin/kit/privacy/groups';
import { last4 } from '@chengxin/kit/privacy/masks';
import type { Role } from '@chengxin/kit/privacy/roles';
import { shownTo } from '@chengxin/kit/privacy/verdict';
import type { SelfEntry, SelfEntryKind, SelfEntryState } from './self-entry.entity.js';

/** The columns of a file that the detail is made of. */
export interface DetailColumns {
  readonly title: string;
  readonly organisation: string | null;
  readonly role: string | null;
  readonly startOn: string | null;
  readonly endOn: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly address: string | null;
  readonly emergencyContact: string | null;
  readonly hobbies: string | null;
  readonly level: string | null;
  readonly certificateNo: string | null;
  readonly hours: string | null;
  readonly result: string | null;
  readonly advisor: string | null;
  readonly uscc: string | null;
  readonly supervisor: string | null;
  readonly appraisal: string | null;
  readonly contractKind: string | null;
  readonly verifyUrl: string | null;
  readonly country: string | null;
  readonly exchangeKind: string | null;
}
type Column = keyof DetailColumns;

interface KindShape {
  /** Columns of its own; those of other kinds stay empty. */
  readonly own: readonly Column[];
  readonly needs: readonly Column[];
  readonly detail: (row: DetailColumns) => object;
}

const SHAPES: Readonly<Record<SelfEntryKind, KindShape>> = {
  BASIC: {
    own: ['phone', 'email', 'address', 'emergencyContact', 'hobbies'],
    needs: [],
    detail: ({ phone, email, address, emergencyContact, hobbies }) => ({
      phone,
      phoneMasked: phone && last4(phone),
      email,
      address,
      emergencyContact,
      hobbies,
    }),
  },
  EDUCATION: {
    own: ['level', 'certificateNo'],
    needs: ['organisation', 'level'],
    detail: ({ organisation: school, level, startOn: from, endOn: to, certificateNo }) => ({
      school,
      level,
      from,
      to,
      certificateNo,
    }),
  },
  TRAINING: {
    own: ['hours', 'certificateNo'],
    needs: ['organisation'],
    detail: ({ organisation: organiser, title: topic, hours, certificateNo: certificate }) => ({
      organiser,
      topic,
      hours,
      certificate,
    }),
  },
  PROJECT: {
    own: ['result', 'advisor'],
    needs: ['role'],
    detail: ({ title: name, role, result, advisor }) => ({ name, role, result, advisor }),
  },
  POST: {
    own: ['level'],
    needs: ['organisation', 'role', 'level'],
    detail: ({ organisation, role: post, level }) => ({ organisation, post, level }),
  },
  INTERNSHIP: {
    own: ['uscc', 'supervisor', 'appraisal'],
    needs: ['organisation'],
    detail: ({ organisation: unit, uscc, role: duty, supervisor, appraisal }) => ({
      unit,
      uscc,
      duty,
      supervisor,
      appraisal,
    }),
  },
  WORKSTUDY: {
    own: ['hours'],
    needs: ['organisation', 'role'],
    detail: ({ role: post, organisation: office, hours }) => ({ post, office, hours }),
  },
  EMPLOYMENT: {
    own: ['uscc', 'contractKind'],
    needs: ['organisation', 'role'],
    detail: ({ organisation: employer, uscc, role: position, contractKind }) => ({
      employer,
      uscc,
      position,
      contractKind,
    }),
  },
  CERTIFICATE: {
    own: ['certificateNo', 'verifyUrl'],
    needs: ['organisation', 'certificateNo'],
    detail: ({ title: name, organisation: issuer, certificateNo, ...row }) => ({
      name,
      issuer,
      numberMasked: certificateNo && last4(certificateNo),
      issuedOn: row.startOn,
      expiresOn: row.endOn,
      verifyUrl: row.verifyUrl,
    }),
  },
  EXCHANGE: {
    own: ['country', 'exchangeKind'],
    needs: ['organisation', 'country'],
    detail: ({ country, organisation: host, startOn: from, endOn: to, exchangeKind: kind }) => ({
      country,
      host,
      from,
      to,
      kind,
    }),
  },
};
/** Columns that some kind has for itself. */
const OWN_COLUMNS = new Set(Object.values(SHAPES).flatMap(({ own }) => own));
/** Kinds that stand on a document (2.5). */
const PROVEN: readonly string[] = ['POST', 'CERTIFICATE', 'PROJECT', 'EXCHANGE'];

/** The detail of a row, complete in itself; numbers of certificates with their end alone. */
export const detailOf = (kind: SelfEntryKind, row: DetailColumns): object =>
  SHAPES[kind].detail(row);

const problem = (column: string, zh: string, en: string): Problem => ({
  column,
  reason: { zh, en },
});

/** What is of another kind, and days out of order, even in a draft. */
export function checkContent(kind: SelfEntryKind, row: DetailColumns): Problem | undefined {
  const { own } = SHAPES[kind];
  const foreign = [...OWN_COLUMNS].find((column) => !own.includes(column) && row[column] !== null);
  if (foreign) return problem(foreign, '此类条目没有这一项', 'is no item of this kind');
  if (row.startOn && row.endOn && row.endOn < row.startOn)
    return problem('endOn', '结束日期早于开始日期', 'is before the start');
  return undefined;
}

const LACKING = ['此类条目须填写', 'is needed for this kind'] as const;

function checkProofs(kind: SelfEntryKind, proofs: readonly unknown[]): Problem | undefined {
  if (!PROVEN.includes(kind) || proofs.length) return undefined;
  return problem('proofs', '此类条目须有证明材料', 'is needed for this kind');
}

/** What its kind needs is there and what is of another kind is not; days in order; proofs. */
export function checkEntry(
  kind: SelfEntryKind,
  row: DetailColumns,
  proofs: readonly string[],
): Problem | undefined {
  const lacking = SHAPES[kind].needs.find((column) => row[column] === null);
  if (lacking) return problem(lacking, ...LACKING);
  return checkContent(kind, row) ?? checkProofs(kind, proofs);
}

/** What a stored entry still lacks before it can be reviewed (2.5). */
export function checkComplete({
  kind,
  startOn,
  proofs,
  ...entry
}: Pick<SelfEntry, 'kind' | 'startOn' | 'proofs' | 'organisation' | 'role' | 'detail'>):
  | Problem
  | undefined {
  if (!startOn) return problem('startOn', '须填写开始日期', 'is needed');
  const { numberMasked, ...detail } = entry.detail as Record<string, unknown>;
  // Of the number of a certificate no more than its end is stored.
  const stored: Record<string, unknown> = { certificateNo: numberMasked, ...detail, ...entry };
  const lacking = SHAPES[kind].needs.find((column) => !stored[column]);
  return lacking ? problem(lacking, ...LACKING) : checkProofs(kind, proofs);
}

/** The group that a kind takes beside SELF_ENTRIES (DOMAIN 3.2). */
export const KIND_GROUPS: Readonly<Record<SelfEntryKind, readonly Group[]>> = {
  BASIC: ['SENSITIVE_IDENTITY'],
  EDUCATION: [],
  TRAINING: [],
  PROJECT: [],
  POST: [],
  INTERNSHIP: [],
  WORKSTUDY: ['LOANS_AND_AID'],
  EMPLOYMENT: [],
  CERTIFICATE: [],
  EXCHANGE: [],
};

const DRAFT: readonly Group[] = ['SELF_ENTRY_DRAFTS'];
/** An approved version is an entry; every other one is a draft, whatever became of it. */
export const STATE_GROUPS: Readonly<Record<SelfEntryState, readonly Group[]>> = {
  APPROVED: [],
  DRAFT,
  SUBMITTED: DRAFT,
  IN_REVIEW: DRAFT,
  RETURNED: DRAFT,
  REJECTED: DRAFT,
  SUPERSEDED: DRAFT,
  WITHDRAWN: DRAFT,
};

/** What stays of an entry whose other group is masked; the detail has masks of its own. */
const KEPT: ReadonlySet<string> = new Set([
  'id',
  'entryId',
  'studentNo',
  'version',
  'edition',
  'kind',
  'state',
  'submittedAt',
  'dueOn',
  'detail',
]);

/**
 * An entry as a role sees it: a title or a place may not disclose what the masked detail withholds.
 */
export function shownEntry(role: Role, entry: SelfEntry): SelfEntry {
  const groups = KIND_GROUPS[entry.kind];
  const isShown = ([field]: [string, unknown]) =>
    KEPT.has(field) ||
    groups.every((group) => shownTo(role, group, 'SelfEntry', field) === 'VALUE');
  return Object.fromEntries(Object.entries(entry).filter(isShown)) as unknown as SelfEntry;
}
