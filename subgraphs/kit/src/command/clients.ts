/** What the embedded provider and those who log in by it have agreed. */

/** Client of pages in the browser: the query page's, and those that client teams build. */
export const EXPLORER_CLIENT = 'explorer';
/** Paths to which they may be sent back, on any port of this machine. */
export const EXPLORER_PATHS = ['/callback', '/explorer/callback'];
/** Client of the commands. */
export const CLI_CLIENT = 'cli';
/** Where the commands are sent back to; nothing listens there, they read the code off the address. */
export const CLI_REDIRECT = 'http://127.0.0.1/callback';
/** Scope of the graph's tokens. */
export const GRAPH_SCOPE = 'graph';
export const SCOPES = ['openid', 'profile', GRAPH_SCOPE];
/** Status of the login page when nobody has the number. */
export const UNKNOWN_PERSON = 422;
