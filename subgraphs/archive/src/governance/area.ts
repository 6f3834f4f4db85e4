import type { Area } from '../area.js';
import { ProcessingAgreementResolver, ServiceStatusResolver } from './administration.resolver.js';
import { AgendaItem } from './agenda-item.entity.js';
import { GovernanceCountsResolver } from './governance-counts.resolver.js';
import { LeadingGroup } from './leading-group.entity.js';
import { LeadingGroupResolver, MembershipResolver } from './leading-group.resolver.js';
import { MeasureListItem } from './measure-list-item.entity.js';
import { MeasureListItemResolver } from './measure-list-item.resolver.js';
import { Meeting } from './meeting.entity.js';
import { MeetingResolver } from './meeting.resolver.js';
import { Membership } from './membership.entity.js';
import { ProcessingAgreement } from './processing-agreement.entity.js';
import { Resolution } from './resolution.entity.js';
import { ServiceStatus } from './service-status.entity.js';
import { Task } from './task.entity.js';
import { TaskResolver } from './task.resolver.js';

export const governanceArea: Area = {
  entities: [
    ServiceStatus,
    ProcessingAgreement,
    LeadingGroup,
    Membership,
    Meeting,
    AgendaItem,
    Resolution,
    Task,
    MeasureListItem,
  ],
  resolvers: [
    ServiceStatusResolver,
    ProcessingAgreementResolver,
    LeadingGroupResolver,
    MembershipResolver,
    MeetingResolver,
    TaskResolver,
    MeasureListItemResolver,
    GovernanceCountsResolver,
  ],
};
