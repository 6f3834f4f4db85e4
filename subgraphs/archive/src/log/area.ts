import type { Area } from '../area.js';
import { BackupRun } from './backup-run.entity.js';
import { OperationLog } from './operation-log.entity.js';
import { OperationLogResolver } from './operation-log.resolver.js';

export const logArea: Area = {
  entities: [OperationLog, BackupRun],
  resolvers: [OperationLogResolver],
};
