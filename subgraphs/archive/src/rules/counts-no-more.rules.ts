/** In what words it is said that nothing is left to decide. Pure. Source: DOMAIN 2.4, G14, G15. */
import { labelOf } from '@chengxin/kit/schema/labels';
import type { ConductState } from './conduct-state.js';

/** What was to be decided, in zh-CN and English. */
export type Matter = readonly [zh: string, en: string];

/** `所涉记录的状态为“已撤销”，不再计入（2026-04-12）：… The record is “Revoked” and counts no more (…): ….` */
export function countsNoMore(state: ConductState, today: string, [zh, en]: Matter): string {
  const label = labelOf('ConductState', state);
  return [
    `所涉记录的状态为“${label?.zh ?? state}”，不再计入（${today}）：${zh}无须再作决定。`,
    `The record is “${label?.en ?? state}” and counts no more (${today}): nothing is left of ${en} to decide.`,
  ].join(' ');
}
