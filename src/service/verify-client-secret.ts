import { permits } from '../domain/actor.ts';
import type { Verification } from '../domain/client-secret.ts';
import { UnsupportedError } from '../domain/gateway-error.ts';
import { encodeGlobalId } from '../domain/ids.ts';
import { ProviderError } from '../provider-kit/provider-error.ts';
import type { Provider } from '../provider-kit/provider.ts';
import { deny, drafter } from './audit-drafts.ts';
import { required } from './capabilities.ts';
import type { Services } from './services.ts';
import type { Caller } from './caller.ts';
import type { VerificationInput } from './session.ts';
import { gatewayErrorOf, notFound } from './translate-error.ts';
import { actionOf } from './write-to.ts';

const OPERATION = 'VERIFY_CLIENT_SECRET';

/**
 * What a service asks on each login. Holding the value is the authority; the role READER only says whose clients may
 * be asked about. A failure is in the audit trail before the answer; a success is counted in the secret itself.
 */
export async function verifyClientSecret(
  services: Services,
  caller: Caller,
  { clientId, value, provider: name }: VerificationInput,
): Promise<Verification> {
  const { actor, requestId, signal } = caller;
  const provider = name === null ? verifierOf(services) : services.providers.get(name)?.provider;
  const scope = { provider: provider?.name ?? null, tenant: null };
  const about = { action: actionOf(OPERATION), scope, subject: null };
  if (provider === undefined) return deny(services, caller, about, notFound());
  const verify = required(provider, 'verifySecret', OPERATION);
  const mayUse = (tenant: { provider: string; tenant: string }) => permits(actor, 'READER', tenant);
  const verification = await verify({ clientId, value, mayUse }, { signal, requestId }).catch(
    (error: unknown) => {
      throw error instanceof ProviderError ? gatewayErrorOf(error, provider.name, OPERATION) : error;
    },
  );
  if (!verification.valid) {
    const id = verification.secret?.id;
    const draft = drafter(services, caller, {
      ...about,
      scope: { provider: provider.name, tenant: id?.tenant ?? null },
      subject: id === undefined ? null : encodeGlobalId('ClientSecret', id),
      reason: verification.reason,
    });
    await services.audit.conclude([draft('STARTED'), draft('FAILED')]);
  }
  return verification;
}

function verifierOf({ providers }: Services): Provider {
  for (const { provider } of providers.values()) if (provider.verifySecret !== undefined) return provider;
  throw new UnsupportedError('No provider of this gateway verifies secrets.', OPERATION);
}
