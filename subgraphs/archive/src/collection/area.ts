import type { Area } from '../area.js';
import { CollectionResolver } from './collection.resolver.js';

export const collectionArea: Area = {
  resolvers: [CollectionResolver],
};
