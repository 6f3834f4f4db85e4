import { batchPlansOf } from './batch.plan.js';
import { proveMutations } from './matrix.js';

proveMutations('youthleague', [...batchPlansOf('youthleague')]);
