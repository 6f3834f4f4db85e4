import type { Area } from '../area.js';
import { OwnTaskResolver } from './own-task.resolver.js';
import { SigningProgressResolver } from './signing-progress.resolver.js';

export const taskArea: Area = {
  resolvers: [SigningProgressResolver, OwnTaskResolver],
};
