import { actionsField } from '@chengxin/kit/change/available-actions';
import type { Area } from '../area.js';
import { ReviewQueueResolver } from './review-queue.resolver.js';
import { SelfEntry } from './self-entry.entity.js';
import { SelfEntryMutation } from './self-entry.mutation.js';
import { selfEntry } from './self-entry.noun.js';
import { SelfEntryResolver, StudentSelfEntryResolver } from './self-entry.resolver.js';

export const selfEntryArea: Area = {
  entities: [SelfEntry],
  resolvers: [
    SelfEntryMutation,
    actionsField(selfEntry),
    SelfEntryResolver,
    StudentSelfEntryResolver,
    ReviewQueueResolver,
  ],
};
