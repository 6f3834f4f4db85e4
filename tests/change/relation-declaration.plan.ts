import { EnumValue } from '../support/mutate.js';
import type { NounPlan } from './plans.js';

let declared = 0;

/** A declaration is made, and never changed. */
export const relationDeclarationPlan: NounPlan = {
  noun: 'RelationDeclaration',
  machine: '',
  isOf: (action) => action === 'relation.declare',
  office: 'archive',
  table: 'relation_declaration',
  fields: 'staffNo studentNo kind declaredOn',
  seed: () => Promise.reject(new Error('A declaration has no state.')),
  // Nobody whose rows others decide on here: they would have to keep out of it.
  opening: () =>
    Promise.resolve({
      studentNo: String(2099000000 + declared++),
      kind: new EnumValue('RELATIVE'),
    }),
};
