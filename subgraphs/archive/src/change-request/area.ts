import { actionsField } from '@chengxin/kit/change/available-actions';
import type { Area } from '../area.js';
import { ChangeRequest } from './change-request.entity.js';
import { ChangeRequestMutation } from './change-request.mutation.js';
import { changeRequest } from './change-request.noun.js';
import { StudentChangeRequestResolver } from './change-request.resolver.js';

export const changeRequestArea: Area = {
  entities: [ChangeRequest],
  resolvers: [StudentChangeRequestResolver, ChangeRequestMutation, actionsField(changeRequest)],
};
