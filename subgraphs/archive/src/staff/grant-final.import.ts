/**
 * What a file leaves of the grants that are there: one that is over stays over, one that waits is approved
 * or declined by itself, and what was delegated ends no later than what it comes from. Source: G18.2.
 */
import type { StagedCheck } from '@chengxin/kit/import/job';
import { isNamed } from './grant-checks.import.js';
import { valueOf } from './grant-sql.js';

const VALID_TO = `(${valueOf('r', 'validTo')})::timestamptz`;
const named = (condition: string): string =>
  `exists (select from admin_grant g where ${isNamed('g')} and ${condition})`;

/** Windows are compared below: none ends before it begins. */
const inTime: StagedCheck = {
  column: 'validTo',
  reason: { zh: '失效时间必须晚于生效时间', en: 'it ends after it begins' },
  wrong: `${VALID_TO} <= (${valueOf('r', 'validFrom')})::timestamptz`,
};

const waits: StagedCheck = {
  column: 'validFrom',
  reason: {
    zh: '该授权已申请、待批准，请单独批准、不予批准或撤回',
    en: 'this grant was requested and waits: approve, decline or withdraw it by itself',
  },
  wrong: named(`g.state = 'REQUESTED'`),
};

const isOver: StagedCheck = {
  column: 'validFrom',
  reason: {
    zh: '该授权已暂停或终止，不能再更改；如需任职，请自新的时间起另行授权',
    en: 'this grant was suspended or is over, and final: grant it anew from another instant on',
  },
  wrong: named(`(g.state in ('SUSPENDED', 'ENDED') or g.valid_to <= importer.at)`),
};

const isDelegated: StagedCheck = {
  column: 'validFrom',
  reason: {
    zh: '该授权为委托，不能通过文件更改',
    en: 'this grant is a delegation, which no file changes',
  },
  wrong: named(`g.state = 'ACTIVE' and g.delegated_by is not null`),
};

/** A file ends nothing by itself: of two who lose a role each is named. */
const outlasts: StagedCheck = {
  column: 'validTo',
  reason: {
    zh: '该人员委托他人的授权晚于此时间结束，请先终止委托',
    en: 'what this person delegated would end later: end the delegation first',
  },
  wrong: `exists (select from admin_grant d
    where d.delegated_by = ${valueOf('r', 'staffNo')} and d.role = ${valueOf('r', 'role')}
      and d.org_code = ${valueOf('r', 'orgCode')} and d.state = 'ACTIVE'
      and d.valid_to > ${VALID_TO} and d.valid_to > importer.at)
    and ${named(`(g.valid_to is null or g.valid_to > ${VALID_TO})`)}`,
};

/** What must hold of each grant of a file that is there already. */
export const FINAL_CHECKS: readonly StagedCheck[] = [inTime, waits, isOver, isDelegated, outlasts];
