import { startCollege, type College, type CollegeOptions } from './college.js';
import { isSeeded, isWithoutDemo, keepWithoutDemo } from './demo-marks.js';
import { seedCollege, type Seeding } from './seed-college.js';

interface Filling {
  /** Seed nobody, now and at every later start. */
  readonly empty: boolean;
  /** The demo that is imported at the first start. */
  readonly demo: Seeding;
  /** Called before the demo is imported. */
  readonly onFirst?: () => void;
}

/**
 * Start a college, and import the demo unless it is there or must never be; only then it is ready.
 */
export async function startFilled(
  options: Omit<CollegeOptions, 'isEmpty' | 'awaits'>,
  { empty, demo, onFirst }: Filling,
): Promise<College> {
  const { folder } = options;
  if (empty) keepWithoutDemo(folder);
  const isEmpty = isWithoutDemo(folder);
  const lacksDemo = () => !isEmpty && !isSeeded(folder);
  const awaits = () => (lacksDemo() ? ['demo'] : []);
  const college = await startCollege({ ...options, isEmpty, awaits });
  if (!lacksDemo()) return college;
  onFirst?.();
  try {
    await seedCollege(college, demo);
    return college;
  } catch (error) {
    await college.stop();
    throw error;
  }
}
