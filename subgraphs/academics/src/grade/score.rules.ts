/** How a mark on paper becomes a number on its scale. Source: DOMAIN 2.1. */
import { decimal } from '@chengxin/kit/import/amounts';
import { choice } from '@chengxin/kit/import/codecs';
import type { Codec, Parsed } from '@chengxin/kit/import/reason';
import type { ScoreScale } from './score.js';

const outOf100 = decimal({ scale: 2, max: 100 });
const SCALES: Readonly<Record<ScoreScale, Codec<string>>> = {
  // A sheet may show 85 of 100 as 85%.
  PERCENT: (cell) => outOf100(cell.replace(/[%％]\s*$/, '')),
  FIVE_LEVEL: choice({
    '5.00': ['优秀', '优', '5'],
    '4.00': ['良好', '良', '4'],
    '3.00': ['中等', '中', '3'],
    '2.00': ['及格', '2'],
    '1.00': ['不及格', '1'],
  }),
  PASS_FAIL: choice({
    '1.00': ['合格', '通过', '1'],
    '0.00': ['不合格', '不通过', '未通过', '0'],
  }),
};

/** The number of a mark, `87.5` or `良好`, or why it is none of this scale. */
export const readMark = (mark: string, scale: ScoreScale): Parsed<string> => SCALES[scale](mark);
