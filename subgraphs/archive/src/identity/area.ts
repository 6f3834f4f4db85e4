import type { Area } from '../area.js';
import { MeResolver } from './me.resolver.js';

export const identityArea: Area = {
  resolvers: [MeResolver],
};
