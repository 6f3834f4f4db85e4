/** What a data folder says of the demo: that it is in, or that it must never be. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const demoIn = (folder: string): string => join(folder, 'demo');
const seededFile = (folder: string): string => join(demoIn(folder), 'seeded.json');
const emptyFile = (folder: string): string => join(folder, 'without-demo');

/** Whether this college was filled to the end; a torn seeding is simply run again. */
export const isSeeded = (folder: string): boolean => existsSync(seededFile(folder));

export const markSeeded = (folder: string, students: number): void =>
  writeFileSync(seededFile(folder), JSON.stringify({ students }));

/** Whether this college is not the demo: it was started so once, and stays so. */
export const isWithoutDemo = (folder: string): boolean => existsSync(emptyFile(folder));

/** @throws Error for a folder in which the demo is, or was begun. */
export function keepWithoutDemo(folder: string): void {
  if (existsSync(demoIn(folder)))
    throw new Error(`The demo is in ${folder}: name another folder in CHENGXIN_DATA.`);
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  writeFileSync(emptyFile(folder), '');
}
