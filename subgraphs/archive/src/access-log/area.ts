import type { Area } from '../area.js';
import { AccessEvent, AccessEventPart } from './access-event.entity.js';
import { AccessEventResolver, StudentAccessResolver } from './access-event.resolver.js';

export const accessLogArea: Area = {
  entities: [AccessEvent, AccessEventPart],
  resolvers: [AccessEventResolver, StudentAccessResolver],
};
