import { actionsField } from '@chengxin/kit/change/available-actions';
import type { Area } from '../area.js';
import { KeyAttention } from './key-attention.entity.js';
import { keyAttention } from './key-attention.noun.js';
import { Measure } from './measure.entity.js';
import { measure } from './measure.noun.js';
import { Supervision } from './supervision.entity.js';
import {
  KeyAttentionResolver,
  MeasureResolver,
  StudentSupervisionResolver,
  WarningResolver,
} from './supervision.resolver.js';
import { Warning } from './warning.entity.js';
import { warning } from './warning.noun.js';

export const supervisionArea: Area = {
  entities: [Warning, KeyAttention, Supervision, Measure],
  resolvers: [
    actionsField(warning),
    actionsField(keyAttention),
    actionsField(measure),
    StudentSupervisionResolver,
    WarningResolver,
    KeyAttentionResolver,
    MeasureResolver,
  ],
};
