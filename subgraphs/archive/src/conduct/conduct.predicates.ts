/**
 * The row conditions of conduct, each a pure where-clause (DOMAIN 3.4b). `conduct.loader.ts` puts
 * them to the groups that name them.
 */
import type { Group } from '@chengxin/kit/privacy/groups';
import { cell } from '@chengxin/kit/privacy/matrix';
import type { RowAccess, RowPredicate } from '@chengxin/kit/read/rows';
import { inAppealCase } from '../case/appealed.js';
import { BEFORE_NOTICE, isActor } from '../row-groups/before-notice.js';
import { matterOfficeOf } from '../org/own-office.js';
import { ORIGINS } from '../rules/indicator.loader.js';
import { SEVERITIES, Severity } from '../rules/severity.js';
import type { ConductRecord } from './conduct-record.entity.js';
import {
  ACTIVE_STATES,
  CLOSED_STATES,
  ConductState,
  GoodState,
  PENDING_STATES,
} from '../rules/conduct-state.js';
import type { GoodRecord } from './good-record.entity.js';

type Bad = RowPredicate<ConductRecord>;

/** For conditions whose facts the archive does not hold yet: they hold for no row. */
const NO_ROW = { id: null } as unknown as ReturnType<Bad>;

/**
 * Rows whose state's group is open to the caller. What that group demands besides is applied to the
 * rows by the loader, which reads each group by itself.
 */
const stateAllowed =
  <T>(groupsOf: Readonly<Record<string, readonly Group[]>>): RowPredicate<T> =>
  ({ opens }) => {
    const open = Object.entries(groupsOf).filter(([, groups]) => groups.every(opens));
    return { state: { $in: open.map(([state]) => state) } } as unknown as ReturnType<
      RowPredicate<T>
    >;
  };

const groupsOf = (states: readonly ConductState[], group: Group) =>
  states.map((state) => [state, [group]] as const);

/**
 * `STATE_ALLOWED`, bad conduct (3.2, 2.4). A sealed row is open to nobody here: what the student and
 * the auditor read of it (note 15) comes with sealing.
 */
export const conductStateAllowed: Bad = stateAllowed(
  Object.fromEntries([
    ...groupsOf(PENDING_STATES, 'PENDING_CONDUCT'),
    ...groupsOf(ACTIVE_STATES, 'BAD_CONDUCT'),
    ...groupsOf(
      CLOSED_STATES.filter((state) => state !== ConductState.SEALED),
      'CLOSED_CONDUCT',
    ),
  ]),
);

const decidedGood: RowPredicate<GoodRecord> = stateAllowed({
  APPROVED: ['GOOD_CONDUCT'],
  REVOKED: ['CLOSED_CONDUCT'],
});

/** `STATE_ALLOWED`, good conduct (3.2): what is proposed is visible to those who propose and decide. */
export const goodStateAllowed: RowPredicate<GoodRecord> = (access) => {
  const { identity, opens } = access;
  const decided = decidedGood(access);
  return isActor(identity.role, 'GoodRecord') && opens('GOOD_CONDUCT')
    ? ({ $or: [decided, { state: GoodState.PROPOSED }] } as typeof decided)
    : decided;
};

/** Origins that add no condition on the row: the third guards some fields alone (2.3). */
const ROW_FREE: ReadonlySet<Group> = new Set(['BAD_CONDUCT', 'GOOD_CONDUCT', 'LAW_VIOLATIONS']);
/** Note 16: of a third party's rows the auditor reads metadata, which a record is not. */
const METADATA_NOTE = 16;

function isOriginOpen({ identity, opens }: RowAccess, origin: Group): boolean {
  if (ROW_FREE.has(origin)) return true;
  // 2.3: the aid evaluator sees the code D2-01, though TUITION is shut for him.
  if (origin === 'TUITION' && identity.role === 'EV_AID') return true;
  return opens(origin) && cell(identity.role, origin).note !== METADATA_NOTE;
}

/** `ORIGIN_ALLOWED`: the group of the indicator is open to the caller (2.3). */
export const originAllowed = (access: RowAccess) => ({
  originGroup: { $in: ORIGINS.filter((origin) => isOriginOpen(access, origin)) },
});

/** `OWN_MATTER`: the caller's office found it; the employment office has dimension D6 (note 10). */
export const ownMatter: Bad = ({ identity }) => {
  if (identity.role === 'AEO_STAFF') return { indicatorCode: { $like: 'D6-%' } };
  const sourceOffice = matterOfficeOf(identity.role);
  return sourceOffice ? { sourceOffice } : NO_ROW;
};

const severityFrom =
  (least: Severity): Bad =>
  () => ({ severity: { $in: SEVERITIES.filter((severity) => severity >= least) } });

/** `SEVERITY_S2_PLUS` (3.5 AWARD). */
export const severityS2Plus = severityFrom(Severity.S2);
/** `SEVERITY_S3_PLUS` (3.5 EMPLOYMENT). */
export const severityS3Plus = severityFrom(Severity.S3);

/** `AID_CODES` (3.5 AID). */
export const aidCodes: Bad = () => ({
  indicatorCode: { $in: ['D4-01', 'D4-02', 'D4-03', 'D4-04', 'D4-06', 'D2-01'] },
});

const notified = { state: { $nin: [...BEFORE_NOTICE.ConductRecord.states] } };

/** `FROM_NOTIFIED`: a student learns of an accusation when he is notified of it (note 29). */
export const fromNotified = () => notified as unknown as ReturnType<Bad>;

/** Before the notice a record is for those alone who propose, check or decide it (3.7(15)). */
export const notifiedOrActor = ({ identity }: RowAccess) =>
  isActor(identity.role, 'ConductRecord') ? {} : fromNotified();

/** `NOT_SEALED`: as if the row did not exist (T-03). */
export const notSealed: Bad = () => ({ state: { $ne: ConductState.SEALED } });

/** `APPEALED`: belongs to the sanction that is appealed in the committee's case (note 23). */
export const appealed: Bad = ({ identity }) => inAppealCase(identity);
/** `SUBMITTED`: part of an approved submission to the province (note 8). */
export const submitted: Bad = () => ({ isSubmitted: true });
/**
 * `OWN_PROVIDER`: found by the provider who calls; accepted at once, so that none is pending here.
 */
export const ownProvider: Bad = () => NO_ROW;
/** `OWN_DOMAIN`: a research case, as academic affairs found it (note 12). */
export const ownDomain: Bad = () => ({ sourceTypename: 'MisconductCase' });
