import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';

/**
 * A password as PostgreSQL keeps it (RFC 5803), so that the password itself is in no statement, and
 * thus in no server's log. The algorithm is PostgreSQL's, not a choice of ours.
 */
const HASH = 'sha256';
const ROUNDS = 4096;
const SALT_BYTES = 16;
const KEY_BYTES = 32;

export function scramVerifier(password: string): string {
  const salt = randomBytes(SALT_BYTES);
  const salted = pbkdf2Sync(password.normalize('NFKC'), salt, ROUNDS, KEY_BYTES, HASH);
  const keyOf = (use: string): Buffer => createHmac(HASH, salted).update(use).digest();
  const stored = createHash(HASH).update(keyOf('Client Key')).digest('base64');
  const server = keyOf('Server Key').toString('base64');
  return `SCRAM-SHA-256$${ROUNDS}:${salt.toString('base64')}$${stored}:${server}`;
}
