import type { Area } from '../area.js';
import { KeyAttentionMutation } from './key-attention.mutation.js';
import { MeasureMutation } from './measure.mutation.js';
import { removeKeyAttention } from './remove-key-attention.job.js';

export const measuresArea: Area = {
  resolvers: [KeyAttentionMutation, MeasureMutation],
  jobs: [removeKeyAttention],
};
