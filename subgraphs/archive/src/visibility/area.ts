import type { Area } from '../area.js';
import { FieldAccessResolver } from './field-access.resolver.js';
import { VisibilityResolver } from './visibility.resolver.js';

export const visibilityArea: Area = {
  resolvers: [FieldAccessResolver, VisibilityResolver],
};
