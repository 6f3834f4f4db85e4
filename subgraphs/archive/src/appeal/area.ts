import { actionsField } from '@chengxin/kit/change/available-actions';
import type { Area } from '../area.js';
import { AppealQueueResolver } from './appeal-queue.resolver.js';
import { AppealKind } from './appeal-state.js';
import { Appeal } from './appeal.entity.js';
import { AppealMutation } from './appeal.mutation.js';
import { appeal } from './appeal.noun.js';
import { AppealResolver, StudentAppealResolver } from './appeal.resolver.js';
import { closeAppeals } from './close-appeals.job.js';
import { lapseAppeals } from './lapse-appeals.job.js';
import { lapseSanctionAppeals } from './sanction-appeal/lapse-sanction-appeals.job.js';
import { SanctionAppealMutation } from './sanction-appeal/sanction-appeal.mutation.js';
import { sanctionAppeal } from './sanction-appeal/sanction-appeal.noun.js';

export const appealArea: Area = {
  entities: [Appeal],
  resolvers: [
    StudentAppealResolver,
    AppealResolver,
    AppealQueueResolver,
    AppealMutation,
    SanctionAppealMutation,
    actionsField(appeal, ({ kind }) => (kind === AppealKind.SANCTION ? sanctionAppeal : appeal)),
  ],
  jobs: [closeAppeals, lapseAppeals, lapseSanctionAppeals],
};
