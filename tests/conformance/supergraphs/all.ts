/** Every supergraph of these tests. */
import { abstract } from './abstract.js';
import { failures } from './failures.js';
import { keys } from './keys.js';
import { requires } from './requires.js';
import { selections } from './selections.js';
import { shared } from './shared.js';
import { values } from './values.js';

export const SUPERGRAPHS = [
  ...keys,
  ...requires,
  ...shared,
  ...abstract,
  ...selections,
  ...values,
  ...failures,
];
