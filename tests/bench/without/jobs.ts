/** Stands in for the daily jobs while the benchmark measures: nothing runs beside the requests. */
import type { RunningJobs } from '@chengxin/kit/server/jobs';

export const installJobs = async (): Promise<void> => undefined;
export const startJobs = async (): Promise<RunningJobs> => ({ stop: async () => undefined });
