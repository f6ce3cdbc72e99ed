import { createHmac } from 'node:crypto';
import type { Clock } from '../../domain/clock.ts';
import type { SecretValue } from '../../domain/secret-value.ts';
import type { UpstreamOptions } from '../../provider-kit/upstream.ts';

/** Signs each try with the date of just then. The query is not signed (vendor facts, section 1). */
export function signedBy(
  { id, secret }: { readonly id: string; readonly secret: SecretValue },
  clock: Clock,
): NonNullable<UpstreamOptions['sign']> {
  return ({ method, path }) => {
    const date = clock.now().toUTCString();
    const text = [method, date, path.replace(/^\/zstack/, '')].join('\n');
    const signature = createHmac('sha1', secret.reveal()).update(text).digest('base64');
    return { authorization: `ZStack ${id}:${signature}`, date };
  };
}
