import type { Area } from '../area.js';
import { EmployerReportResolver } from './employer-report.resolver.js';

export const employerArea: Area = {
  resolvers: [EmployerReportResolver],
};
