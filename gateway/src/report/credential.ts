/** A report as SD-JWT VC (RFC 9901): each group a claim that the student discloses or keeps (Z2.1). */
import { randomBytes } from 'node:crypto';
import { credentialSuite } from '@chengxin/kit/call/crypto';
import type { IssuerKeys } from '@chengxin/kit/call/issuer-keys';
import type { OpenedReport } from '@chengxin/kit/call/report-paths';
import { SDJwtVcInstance } from '@sd-jwt/sd-jwt-vc';
import type { JWK } from 'jose';
import type { ReportContent } from './report-content.js';
import { statusListUrl, vctUrl } from './report-addresses.js';

const SECOND_MS = 1000;
const SALT_BYTES = 16;
/** As many digests stand in every credential, so that nobody reads from it how many groups there are. */
const DIGESTS = 12;

const seconds = (instant: string): number => Math.floor(Date.parse(instant) / SECOND_MS);

/** `CREDIT_GRADE` → `credit_grade`. */
export const claimOf = (group: string): string => group.toLowerCase();

/**
 * Sign a credential with all its disclosures: `<issuer JWT>~<disclosure>~…~`.
 *
 * @param issuer     Origin under which keys, type and status list are published.
 * @param holderKey  Public key of its holder, where he will prove that he holds it.
 */
export async function credentialOf(
  keys: IssuerKeys,
  issuer: string,
  report: OpenedReport,
  content: ReportContent,
  holderKey: JWK | undefined,
): Promise<string> {
  const suite = credentialSuite(keys.algorithm);
  const sdJwt = new SDJwtVcInstance({
    signer: (text: string) => suite.sign(keys.key, text).toString('base64url'),
    signAlg: keys.algorithm,
    hasher: (text: string | ArrayBuffer) =>
      suite.digest(typeof text === 'string' ? text : Buffer.from(text).toString('utf8')),
    hashAlg: suite.digestName,
    saltGenerator: () => randomBytes(SALT_BYTES).toString('base64url'),
  });
  const claims = Object.fromEntries(
    Object.entries(content).map(([group, of]) => [claimOf(group), of]),
  );
  const names = Object.keys(claims);
  const payload = {
    iss: issuer,
    vct: vctUrl(issuer),
    iat: seconds(report.issuedAt),
    nbf: seconds(report.issuedAt),
    exp: seconds(report.expiresAt),
    status: { status_list: { idx: report.statusIdx, uri: statusListUrl(issuer) } },
    ...(holderKey && { cnf: { jwk: holderKey } }),
    ...claims,
  };
  const frame = { _sd: names, _sd_decoy: Math.max(0, DIGESTS - names.length) };
  return sdJwt.issue(payload, frame as never, { header: { kid: keys.kid } });
}
