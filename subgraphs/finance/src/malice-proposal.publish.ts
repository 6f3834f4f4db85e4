/** What finance proposes to the archive, for it alone to decide (T-01). */
import type { After } from '@chengxin/kit/change/door';
import { execute } from '@chengxin/kit/database/orm';
import type { Records } from '@chengxin/kit/feed/topic';
import type { MaliceProposal } from './malice-proposal.entity.js';

export const PROPOSALS: Records = {
  prefix: '',
  from: 'malice_proposal',
  id: 'id',
  idType: 'uuid',
  version: 'version',
  payload: `jsonb_build_object('proposalId', id, 'billNo', bill_no, 'studentNo', student_no,
    'dueOn', due_on, 'severity', severity, 'evidence', jsonb_build_array(ability_doc_no,
      reason_doc_no), 'proposedBy', recorded_by, 'proposedAt', recorded_at)`,
};

const PUBLISH = `
  insert into outbox (topic, key, version, at) values ('maliceProposal', ?, ?, ?)`;

export const publishProposal: After<MaliceProposal> = ({ id, version }, { follow }) =>
  follow((em, now) => execute(em, PUBLISH, [id, version, now]));
