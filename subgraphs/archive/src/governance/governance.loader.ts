import { childrenOf } from '../children.loader.js';
import { AgendaItem } from './agenda-item.entity.js';
import { Resolution } from './resolution.entity.js';

export const agendaOf = childrenOf(AgendaItem, 'meetingId', { seq: 'asc' });
export const resolutionsOf = childrenOf(Resolution, 'meetingId', { resolutionNo: 'asc' });
