import { actionsField } from '@chengxin/kit/change/available-actions';
import type { Area } from '../area.js';
import { Account } from './account.entity.js';
import { AccountMutation } from './account/account.mutation.js';
import { account } from './account/account.noun.js';
import { openAccounts } from './account/open-accounts.job.js';
import { Agreement } from './agreement.entity.js';
import { AgreementMutation } from './agreement/agreement.mutation.js';
import { Archive } from './archive.entity.js';
import { AgreementResolver, ArchiveResolver, StudentArchiveResolver } from './archive.resolver.js';
import { ArchiveMutation } from './archive/archive.mutation.js';
import { expireVerifications } from './archive/expire-verifications.job.js';
import { finishLaunches } from './archive/launch-archives.job.js';
import { remindSigning } from './archive/remind-signing.job.js';
import { SigningLaunch } from './archive/signing-launch.entity.js';
import { SigningLaunchMutation } from './archive/signing-launch.mutation.js';
import { SigningReminder } from './archive/signing-reminder.entity.js';
import { CommitmentBreach } from './commitment-breach.entity.js';
import { CommitmentCheck } from './commitment-check.entity.js';
import { CommitmentTemplate } from './commitment-template.entity.js';
import { Commitment } from './commitment.entity.js';
import {
  CommitmentCheckResolver,
  CommitmentResolver,
  CommitmentTemplateResolver,
  StudentCommitmentResolver,
} from './commitment.resolver.js';
import { expireCommitments, startCommitments } from './commitment/commitment.jobs.js';
import { CommitmentMutation } from './commitment/commitment.mutation.js';
import { commitment } from './commitment/commitment.noun.js';
import { TemplateMutation } from './commitment/template.mutation.js';
import { template } from './commitment/template.noun.js';
import { GraduationRemark } from './graduation-remark.entity.js';
import { StudentGraduationRemarkResolver } from './graduation-remark.resolver.js';
import { RemarkMutation } from './remark/remark.mutation.js';
import { remark } from './remark/remark.noun.js';

export const lifeCycleArea: Area = {
  entities: [
    Archive,
    SigningLaunch,
    SigningReminder,
    Agreement,
    Account,
    CommitmentTemplate,
    Commitment,
    CommitmentCheck,
    CommitmentBreach,
    GraduationRemark,
  ],
  resolvers: [
    StudentArchiveResolver,
    ArchiveResolver,
    ArchiveMutation,
    SigningLaunchMutation,
    AccountMutation,
    actionsField(account),
    AgreementResolver,
    AgreementMutation,
    StudentCommitmentResolver,
    CommitmentResolver,
    CommitmentCheckResolver,
    CommitmentTemplateResolver,
    CommitmentMutation,
    actionsField(commitment),
    TemplateMutation,
    actionsField(template),
    StudentGraduationRemarkResolver,
    RemarkMutation,
    actionsField(remark),
  ],
  jobs: [
    finishLaunches,
    openAccounts,
    expireVerifications,
    remindSigning,
    startCommitments,
    expireCommitments,
  ],
};
