import type { Environment } from '@chengxin/kit/server/config';

/**
 * Whether this gateway serves people who build with it: introspection, the explorer, the embedded
 * provider. Shut unless somebody says so; `npm start` does (docs/decisions/0016).
 */
export const isDevelopment = (env: Environment = process.env): boolean =>
  env['CHENGXIN_MODE'] === 'development';

/** For commands that run a whole college on one machine, unless their caller says otherwise. */
export function developHere(): void {
  process.env['CHENGXIN_MODE'] ??= 'development';
}
