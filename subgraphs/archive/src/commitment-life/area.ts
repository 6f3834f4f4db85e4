import type { Area } from '../area.js';
import { CommitmentOffer } from './commitment-offer.entity.js';
import { CommitmentQueueResolver } from './commitment-queue.resolver.js';
import { deliverOffers } from './deliver-offers.job.js';
import { OfferMutation } from './offer.mutation.js';
import { SupervisionMutation } from './supervision.mutation.js';

export const commitmentLifeArea: Area = {
  entities: [CommitmentOffer],
  resolvers: [OfferMutation, SupervisionMutation, CommitmentQueueResolver],
  jobs: [deliverOffers],
};
