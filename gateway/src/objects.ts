/** JSON objects, wherever they came from. */
export type Values = Record<string, unknown>;

export const isObject = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The name under which an assignment would change the object itself. */
export const PROTOTYPE = '__proto__';
