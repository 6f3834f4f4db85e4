import { ChangeErrorCode } from '@chengxin/kit/change/errors';
import { noun } from '@chengxin/kit/change/noun';
import { MaliceProposal } from './malice-proposal.entity.js';

/** What finance proposes to the archive of a bill (T-01). */
export const maliceProposal = noun<MaliceProposal>({
  name: 'MaliceProposal',
  entity: MaliceProposal,
  machine: 'ConductRecord',
  actions: ['malice'],
  rows: { group: 'TUITION', predicates: {} },
  constraints: {
    malice_proposal_open: {
      code: ChangeErrorCode.STATE_CONFLICT,
      what: '该账单已有待决定的提议。 A proposal on this bill waits for a decision.',
    },
  },
});
