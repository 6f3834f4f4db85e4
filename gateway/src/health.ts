import { READINESS_MS, rememberedFor } from '@chengxin/kit/server/health';
import { json, type Routes } from '@chengxin/kit/call/http';
import { request } from 'undici';
import type { GatewayConfig } from './config.js';
import { DECIDING_OFFICE, OFFICES } from './offices.js';

const TIMEOUT_MS = 2000;

async function isReady(address: string | undefined): Promise<boolean> {
  if (!address) return false;
  try {
    const limits = { headersTimeout: TIMEOUT_MS, bodyTimeout: TIMEOUT_MS };
    const answer = await request(new URL('/health/ready', address), limits);
    await answer.body.dump();
    return answer.statusCode === 200;
  } catch {
    return false;
  }
}

/**
 * Liveness and readiness. Without the archive nobody is anything and no student is decided, so the
 * gateway is not ready; another office that is down leaves the rest answered (DOMAIN 3.7(13)).
 */
export function healthRoutes({
  addresses,
  awaits = () => [],
}: Pick<GatewayConfig, 'addresses' | 'awaits'>): Routes {
  const lookAtOffices = rememberedFor(READINESS_MS, async () => {
    const ready = OFFICES.map(async ({ name }) => [name, await isReady(addresses(name))] as const);
    return Object.fromEntries(await Promise.all(ready));
  });
  return {
    'GET /health/live': () => json(200, { live: true }),
    'GET /health/ready': async () => {
      const offices = await lookAtOffices();
      const awaited = awaits();
      const ready = offices[DECIDING_OFFICE] === true && !awaited.length;
      return json(ready ? 200 : 503, { ready, offices, ...(awaited.length && { awaited }) });
    },
  };
}
