/** Runs a daily or minutely job of an office now, as its queue would. */
import { loadOffices } from '@chengxin/college/office-list';
import type { TestCollege } from './college.js';

/** Run a job by its name, and let the other offices consume what it published. */
export async function runJob(college: TestCollege, office: string, name: string): Promise<void> {
  const definition = (await loadOffices()).find((one) => one.name === office);
  const job = definition?.jobs?.find((one) => one.name === name);
  const running = college.started.offices.get(office);
  if (!job || !running) throw new Error(`${office} has no job ${name}.`);
  await job.run(running, college.clock.now());
  await college.settle();
}

/** Have what offices asked for sent and delivered: the notices of students (F-01). */
export async function deliverNotices(college: TestCollege): Promise<void> {
  await college.settle();
  await runJob(college, 'archive', 'deliverNotices');
}
