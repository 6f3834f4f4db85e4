import { systemClock, type Clock } from '@chengxin/kit/clock';
import { portOf, required, type Environment } from '@chengxin/kit/server/config';
import { readIssuerKeys, type IssuerKeys } from '@chengxin/kit/call/issuer-keys';
import { readKeyring, type Keyring } from '@chengxin/kit/call/keyring';
import { createLog, type Log } from '@chengxin/kit/server/log';
import { readLimits, type Limits } from './limits/settings.js';
import { readOrigins, type Origins } from './cors.js';
import { isDevelopment } from './mode.js';
import { OFFICES } from './offices.js';

export interface GatewayConfig {
  readonly port: number;
  readonly host: string;
  /** Issuer of the identity provider's tokens. */
  readonly issuer: string;
  /** Audience that the tokens must name. */
  readonly audience: string;
  readonly keyring: Keyring;
  /** Keys of credentials that students hand over; without them none is signed. */
  readonly credentials?: IssuerKeys | undefined;
  /** `https://graph.example.edu`: where others reach it; its own port, when nothing is said. */
  readonly publicUrl?: string | undefined;
  /** Where an office answers. */
  readonly addresses: (office: string) => string | undefined;
  /** File of the composed supergraph; a changed file is swapped in while serving. */
  readonly supergraphFile: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Answers introspection: for development alone (DOMAIN 3.7(9)). */
  readonly introspection: boolean;
  /** Without introspection, evaluators, employers and reporting request these alone (3.7(9)). */
  readonly operationsFolder?: string;
  /** Origins whose pages may read answers of the graph; none, when nothing is said. */
  readonly corsOrigins?: Origins;
  /**
   * Values of `acr` in tokens that stand for a second factor; without them nobody has one, and what
   * needs one is refused (F-05).
   */
  readonly secondFactors?: ReadonlySet<string>;
  /** Limits of requests and their rates; without them, the usual ones. */
  readonly limits?: Limits;
  /** What must still come before this gateway is ready, beside the offices: the demo. */
  readonly awaits?: () => readonly string[];
}

export const USUAL_PORT = 4000;
/** What the product's tokens are for, unless the identity provider says otherwise. */
export const USUAL_AUDIENCE = 'https://chengxin.invalid/graph';

/** @throws Error for what is no address of a server and nothing else. */
function readPublicUrl(env: Environment): string | undefined {
  const text = env['PUBLIC_URL'];
  if (!text) return undefined;
  const url = URL.parse(text);
  if ((url?.protocol === 'https:' || url?.protocol === 'http:') && url.origin === text) return text;
  throw new Error(`PUBLIC_URL: ${text} is no exact origin, as https://graph.example.edu.`);
}

/** Configuration of a gateway that runs as a process of its own. */
export async function readGatewayConfig(
  supergraphFile: string,
  env: Environment = process.env,
): Promise<GatewayConfig> {
  const usual = new Map(OFFICES.map(({ name, usualUrl }) => [name, usualUrl]));
  return Object.freeze({
    port: portOf(env, 'PORT', USUAL_PORT),
    host: env['HOST'] ?? '127.0.0.1',
    issuer: required(env, 'OIDC_ISSUER'),
    audience: env['OIDC_AUDIENCE'] ?? USUAL_AUDIENCE,
    keyring: await readKeyring(required(env, 'CHENGXIN_KEYS'), 'gateway'),
    credentials: readIssuerKeys(required(env, 'CHENGXIN_KEYS')),
    publicUrl: readPublicUrl(env),
    addresses: (office: string) => env[`${office.toUpperCase()}_URL`] ?? usual.get(office),
    supergraphFile: env['SUPERGRAPH_FILE'] ?? supergraphFile,
    clock: systemClock,
    log: createLog('gateway'),
    introspection: isDevelopment(env),
    corsOrigins: readOrigins(env),
    secondFactors: new Set((env['OIDC_SECOND_FACTOR_ACR'] ?? '').split(/[\s,]+/).filter(Boolean)),
    limits: readLimits(env),
    ...(env['OPERATIONS_FOLDER'] && { operationsFolder: env['OPERATIONS_FOLDER'] }),
  });
}
