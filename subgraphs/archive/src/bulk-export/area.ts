import { actionsField } from '@chengxin/kit/change/available-actions';
import type { Area } from '../area.js';
import { BulkExport } from './bulk-export.entity.js';
import { BulkExportMutation } from './bulk-export.mutation.js';
import { bulkExport } from './bulk-export.noun.js';
import { BulkExportResolver } from './bulk-export.resolver.js';
import { expireExports } from './expire-exports.job.js';

export const bulkExportArea: Area = {
  entities: [BulkExport],
  resolvers: [BulkExportResolver, BulkExportMutation, actionsField(bulkExport)],
  jobs: [expireExports],
};
