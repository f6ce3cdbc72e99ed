import { randomUUID } from 'node:crypto';
import type { SecretValue } from '../domain/secret-value.ts';
import { encodeGlobalId } from '../domain/ids.ts';
import { hasFirstAccessToken, insertFirstAccessToken } from '../store/access-tokens.ts';
import { generateKey } from '../store/key-format.ts';
import { accessTokenRow } from './access-token-row.ts';
import { drafter } from './audit-drafts.ts';
import type { Services } from './services.ts';

const GATEWAY = { id: 'gateway', name: 'gateway', grants: [] };

/**
 * On an empty database, an ADMIN token over everything: the given one, or a new one. Null: the database has had its
 * first token. Of several replicas that start at once, one makes it.
 */
export async function makeFirstAccessToken(
  services: Services,
  given: SecretValue | null,
): Promise<SecretValue | null> {
  const { store, clock, audit, log } = services;
  if (await hasFirstAccessToken(store)) return null;
  const value = given ?? generateKey();
  const roles = [{ role: 'ADMIN', provider: null, tenant: null }] as const;
  const row = accessTokenRow(store, value, { name: 'first', roles, now: clock.now(), expiresAt: null });
  const about = { action: 'accessToken.create', scope: { provider: null, tenant: null } };
  const draft = drafter(services, { actor: GATEWAY, requestId: randomUUID() }, { ...about, subject: null });
  await audit.conclude([draft('STARTED')]);
  const made = await insertFirstAccessToken(store, row);
  const subject = encodeGlobalId('AccessToken', row);
  const outcome = made === null ? draft('FAILED', { code: 'CONFLICT' }) : draft('SUCCEEDED', { subject });
  // The token works by now and nothing keeps it: to fail here would lock everybody out.
  await audit.conclude([outcome]).catch(() => log.error({}, 'the first access token is not on record'));
  return made === null ? null : value;
}
