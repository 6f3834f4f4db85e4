import type { Area } from '../area.js';
import { ExplainResolver } from './explain.resolver.js';
import { SimulateResolver } from './simulate.resolver.js';

export const explainArea: Area = {
  resolvers: [ExplainResolver, SimulateResolver],
};
