import { actionsField } from '@chengxin/kit/change/available-actions';
import type { Area } from '../area.js';
import { ReportOffer } from './report-offer.entity.js';
import { ReportOfferMutation } from './report-offer.mutation.js';
import { reportOffer } from './report-offer.noun.js';
import { ReportOfferResolver } from './report-offer.resolver.js';

export const reportOfferArea: Area = {
  entities: [ReportOffer],
  resolvers: [ReportOfferResolver, ReportOfferMutation, actionsField(reportOffer)],
};
