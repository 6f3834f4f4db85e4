/** Whether a recipient is the school of this deployment, as SQL over his name (notes 28, 33). */
export const namesSchool = (recipientName: string): string =>
  `exists (select from org o where o.kind = 'SCHOOL' and o.name = ${recipientName})`;
