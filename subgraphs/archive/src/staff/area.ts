import { actionsField } from '@chengxin/kit/change/available-actions';
import type { Area } from '../area.js';
import { AdminGrant } from './admin-grant.entity.js';
import { AdminGrantMutation } from './admin-grant.mutation.js';
import { adminGrant } from './admin-grant.noun.js';
import { AdminGrantResolver } from './admin-grant.resolver.js';
import { EthicsEvaluation } from './ethics-evaluation.entity.js';
import { EthicsFinding } from './ethics-finding.entity.js';
import { expireGrants, lapseGrantRequests } from './expire-grants.job.js';
import { RelationDeclaration } from './relation-declaration.entity.js';
import { RelationDeclarationMutation } from './relation-declaration.mutation.js';
import { Staff } from './staff.entity.js';
import { StaffResolver } from './staff.resolver.js';
import { TeacherArchive } from './teacher-archive.entity.js';
import { TrainingSession } from './training-session.entity.js';
import { TransferNotice } from './transfer-notice.entity.js';

export const staffArea: Area = {
  entities: [
    Staff,
    AdminGrant,
    TransferNotice,
    TrainingSession,
    RelationDeclaration,
    TeacherArchive,
    EthicsEvaluation,
    EthicsFinding,
  ],
  resolvers: [
    AdminGrantResolver,
    AdminGrantMutation,
    actionsField(adminGrant),
    RelationDeclarationMutation,
    StaffResolver,
  ],
  jobs: [expireGrants, lapseGrantRequests],
};
