/** A revoked record `t` is closed: no file brings it back, and no clerk sees it (2.4, FG14). */
export const REVOKED = "t.state = 'REVOKED'";
