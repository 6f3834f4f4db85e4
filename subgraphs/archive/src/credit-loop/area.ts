import type { Area } from '../area.js';
import { CreditLoopResolver } from './credit-loop.resolver.js';

export const creditLoopArea: Area = { resolvers: [CreditLoopResolver] };
