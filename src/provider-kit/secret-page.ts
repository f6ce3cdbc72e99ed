import type { ClientSecret } from '../domain/client-secret.ts';
import { pageOf, type Page } from '../domain/page.ts';
import type { SecretPageRequest } from './provider.ts';

/** Of all secrets of a client those in the wanted states, oldest first where the vendor tells the age. */
export function pageOfSecrets(
  secrets: readonly ClientSecret[],
  request: SecretPageRequest,
): Page<ClientSecret> {
  const wanted = secrets.filter(({ status }) => request.status?.includes(status) ?? true);
  return pageOf(wanted, ({ createdAt, id }) => `${createdAt?.toISOString() ?? ''}\0${id.secret}`, request);
}
