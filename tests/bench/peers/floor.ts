/** The floor in a process of its own: hand-written SQL and `JSON.stringify`, no GraphQL and no HTTP. */
import { dayOf, systemClock } from '@chengxin/kit/clock';
import type { OfficeDatabase } from '@chengxin/kit/server/config';
import { CASES } from './cases.js';
import { answerParent } from './child.js';
import { floorOver } from './floor-rows.js';
import { requestFor } from './load.js';

export interface FloorRun {
  readonly case: string;
  readonly studentNos: readonly string[];
  readonly ms: number;
}
type Asked =
  | { readonly databases: Readonly<Record<string, OfficeDatabase>> }
  | { readonly run: FloorRun }
  | { readonly answer: Omit<FloorRun, 'ms'>; readonly index: number };

let floor: ReturnType<typeof floorOver> = {};

async function answer(name: string, studentNos: readonly string[], index: number): Promise<string> {
  const { variables } = CASES.find((one) => one.name === name)?.request(index, studentNos) ?? {};
  const data = await floor[name]?.(variables ?? {}, dayOf(systemClock.now()));
  return JSON.stringify({ data });
}

answerParent(async (asked: Asked) => {
  if ('databases' in asked) {
    floor = floorOver(asked.databases);
    return undefined;
  }
  if ('answer' in asked) return answer(asked.answer.case, asked.answer.studentNos, asked.index);
  const { case: name, studentNos, ms } = asked.run;
  return requestFor(ms, async (index) => {
    await answer(name, studentNos, index);
    return true;
  });
});
