/** `finance` → `Finance`, as types are named. */
export const capital = (name: string): string => name.slice(0, 1).toUpperCase() + name.slice(1);
