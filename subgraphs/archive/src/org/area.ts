import type { Area } from '../area.js';
import { LevelConfig } from './level-config.entity.js';
import { LevelConfigMutation } from './level-config.mutation.js';
import { Org } from './org.entity.js';
import { OrgResolver } from './org.resolver.js';

export const orgArea: Area = {
  entities: [Org, LevelConfig],
  resolvers: [OrgResolver, LevelConfigMutation],
};
