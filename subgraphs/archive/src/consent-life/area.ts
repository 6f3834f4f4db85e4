import type { Area } from '../area.js';
import { ConsentMutation, ReportTokenMutation } from './consent.mutation.js';
import { exhaustTokens, expireConsents, expireTokens } from './end-consents.job.js';

export const consentLifeArea: Area = {
  resolvers: [ConsentMutation, ReportTokenMutation],
  jobs: [expireConsents, expireTokens, exhaustTokens],
};
