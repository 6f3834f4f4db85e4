import { ChangeErrorCode } from '@chengxin/kit/change/errors';
import { noun, type ReadRows } from '@chengxin/kit/change/noun';
import { officeOf } from '../../org/own-office.js';
import { CommitmentTemplate } from '../commitment-template.entity.js';
import { publishedOrOwn } from '../commitment.predicates.js';

/** A draft is its office's alone. */
const rows: ReadRows<CommitmentTemplate> = {
  group: 'RULES',
  predicates: {},
  where: ({ identity }) => publishedOrOwn(identity),
};

/** The text of a promise or of the service agreement (G10.2, Z5.2.2). */
export const template = noun<CommitmentTemplate>({
  name: 'CommitmentTemplate',
  entity: CommitmentTemplate,
  machine: 'CommitmentTemplate',
  rows,
  isOfOffice: ({ role }, { ownerOffice }) => officeOf(role) === ownerOffice,
  constraints: {
    commitment_template_matter_template_version_key: {
      code: ChangeErrorCode.VALIDATION,
      what: '该事项已有此版本号的文本；服务协议与入学承诺书的版本号不得相同。 A text of this matter has this version; the agreement and the letter of entry take different ones.',
      path: ['templateVersion'],
    },
    commitment_template_second_person: { code: ChangeErrorCode.SOD_VIOLATION },
    commitment_template_bundles_nothing: {
      code: ChangeErrorCode.VALIDATION,
      what: '协议不得捆绑对第三方、用人单位或宣传使用的同意，请另行征求。 The agreement holds no consent to third parties, employers or publicity: request it on its own.',
      path: ['clauses'],
    },
  },
});
