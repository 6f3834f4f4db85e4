const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Whether a text can be the number of a row; any other would fail as one in a statement. */
export const isUuid = (text: string): boolean => UUID.test(text);
