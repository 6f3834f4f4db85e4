import { batchPlansOf } from './batch.plan.js';
import { proveMutations } from './matrix.js';

proveMutations('academics', [...batchPlansOf('academics')]);
