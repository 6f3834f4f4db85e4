import { actionsField } from '@chengxin/kit/change/available-actions';
import type { Area } from '../area.js';
import { ArchiveOverviewResolver } from './archive-overview.resolver.js';
import { CollectionResolver } from './collection.resolver.js';
import { SubmittedBatch } from './submitted-batch.entity.js';
import { SubmittedBatchMutation } from './submitted-batch.mutation.js';
import { submittedBatch } from './submitted-batch.noun.js';
import { SubmittedBatchResolver } from './submitted-batch.resolver.js';

export const collectionArea: Area = {
  entities: [SubmittedBatch],
  resolvers: [
    CollectionResolver,
    ArchiveOverviewResolver,
    SubmittedBatchResolver,
    SubmittedBatchMutation,
    actionsField(submittedBatch),
  ],
};
