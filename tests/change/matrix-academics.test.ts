import { batchPlansOf } from './batch.plan.js';
import { factPlansOf } from './fact.plan.js';
import { proveMutations } from './matrix.js';

proveMutations('academics', [...batchPlansOf('academics'), ...factPlansOf('academics')]);
