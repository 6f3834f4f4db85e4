import { noun } from '@chengxin/kit/change/noun';
import { Graduation } from './graduation.entity.js';
import { graduationRows } from './graduation.loader.js';

/** How and when a student ends his studies: brought in by a file, put on a list when it is published. */
export const graduation = noun<Graduation>({
  name: 'Graduation',
  entity: Graduation,
  rows: graduationRows,
});
