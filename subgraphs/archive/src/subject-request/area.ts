import { actionsField } from '@chengxin/kit/change/available-actions';
import type { Area } from '../area.js';
import { SubjectRequest } from './subject-request.entity.js';
import { SubjectRequestMutation } from './subject-request.mutation.js';
import { subjectRequest } from './subject-request.noun.js';
import { StudentRequestResolver, SubjectRequestResolver } from './subject-request.resolver.js';

export const subjectRequestArea: Area = {
  entities: [SubjectRequest],
  resolvers: [
    StudentRequestResolver,
    SubjectRequestResolver,
    SubjectRequestMutation,
    actionsField(subjectRequest),
  ],
};
