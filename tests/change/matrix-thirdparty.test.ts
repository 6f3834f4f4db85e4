import { proveMutations } from './matrix.js';
import { deliveryPlan, providerMalicePlan, providerPlan } from './third-party.plan.js';

proveMutations('thirdparty', [providerPlan, deliveryPlan, providerMalicePlan]);
