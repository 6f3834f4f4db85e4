import { ChangeErrorCode } from '@chengxin/kit/change/errors';
import { noun } from '@chengxin/kit/change/noun';
import { whereSql } from '@chengxin/kit/database/orm';
import type { RowAccess } from '@chengxin/kit/read/rows';
import { ORGS_BELOW_OWN } from '../org/orgs-below.js';
import { officeOf } from '../org/own-office.js';
import { SubmittedBatch } from './submitted-batch.entity.js';

/** `OWN_UNIT`: of one of the actor's own units, or below them (note 31). */
const ofOwnUnit = <Row>({ identity }: RowAccess) =>
  whereSql<Row>((batch) => `${batch}.office in (${ORGS_BELOW_OWN})`, [identity.orgs.join(',')]);

/** What an office hands over for a period (G5.3). */
export const submittedBatch = noun<SubmittedBatch>({
  name: 'SubmittedBatch',
  entity: SubmittedBatch,
  machine: 'SubmittedBatch',
  rows: { group: 'COLLECTION', predicates: { OWN_UNIT: ofOwnUnit } },
  isOfOffice: ({ role }, { office }) => officeOf(role) === office,
  reference: 'COLLECTION',
  // Who brought in or approved one of its import runs at the archive checks nothing of it.
  kin: ({ importRuns }) => importRuns.map((id) => ({ type: 'ImportBatch', id })),
  constraints: {
    submitted_batch_second_person: { code: ChangeErrorCode.SOD_VIOLATION },
    submitted_batch_once: {
      code: ChangeErrorCode.STATE_CONFLICT,
      what: '该期数据已报送。 This period has been handed over.',
    },
  },
});
