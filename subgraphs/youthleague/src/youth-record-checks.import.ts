/** A revoked record `t` is closed: it never comes back by a file, and no clerk is told of it (2.4, FG14). */
export const REVOKED = "t.state = 'REVOKED'";
