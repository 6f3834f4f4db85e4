import type { Area } from '../area.js';
import { Audit } from './audit.entity.js';

export const accessArea: Area = {
  entities: [Audit],
};
