/**
 * What a student number looks like: whatever has not this form is nobody's, and is not written down, for it
 * could be anything. Source: DOMAIN 2.1.
 */
export const STUDENT_NO = /^\d{10}$/;
