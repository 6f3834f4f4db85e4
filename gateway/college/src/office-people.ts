/** Who imports and who approves in the demo college, office by office (DOMAIN 3.8). */
export const OFFICE_PEOPLE: Readonly<Record<string, readonly [clerk: string, reviewer: string]>> = {
  archive: ['T0001', 'T0002'],
  academics: ['T0301', 'T0302'],
  finance: ['T0401', 'T0402'],
  security: ['T0501', 'T0502'],
  youthleague: ['T0601', 'T0602'],
  // `npm run new-office` writes people above this line.
};
