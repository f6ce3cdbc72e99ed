import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { UPSTREAM_LIMITS } from '../src/provider-kit/upstream-limits.ts';
import { start, type Running } from './processes.ts';
import type { OpenedVendor } from './vendor/questions.ts';

export interface RunningLimit extends Running {
  readonly token: string;
}

/** The hand-written server. It asks the vendor as much at once as the gateway does. */
export async function startLimit(
  provider: string,
  { url, tenant, clientId, clientSecret }: OpenedVendor,
): Promise<RunningLimit> {
  const token = randomBytes(32).toString('base64url');
  const running = await start({
    name: 'limit',
    args: ['--import', 'tsx', join(import.meta.dirname, 'limit/main.ts')],
    cwd: join(import.meta.dirname, '..'),
    place: 'under-test',
    env: {
      NODE_ENV: 'production',
      TOKEN: token,
      PROVIDER: provider,
      VENDOR: url,
      TENANT: tenant,
      CLIENT_ID: clientId,
      CLIENT_SECRET: clientSecret,
      CONNECTIONS: String(UPSTREAM_LIMITS.concurrent),
    },
    ready: /^ready: (\S+)$/m,
  });
  return { ...running, token };
}
