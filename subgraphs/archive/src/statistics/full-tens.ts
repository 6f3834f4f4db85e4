/**
 * A number of students that is no released statistic, in full tens: none below ten is told from nobody, and
 * one student more or less is mostly not seen. Source: DOMAIN 3.6 (k = 10), 3.7(15).
 */
const TEN = 10;
export const fullTens = (count: number): number => count - (count % TEN);
