import { DAY } from '../../../domain/duration.ts';
import type { Operations } from './operation.ts';
import type { Parameters } from './parameters.ts';
import { invalid, lastEnabledSecret, missing, tooManySecrets } from './refusal.ts';
import { newId, newValue, type Application, type ClientSecret, type State } from './state.ts';

const MOST_SECRETS = 2;
const SHORTEST_MS = DAY;
const LONGEST_MS = 3 * 366 * DAY;

/** vendor facts, section 4.2 */
export const clientSecretOperations: Operations = {
  ListApplicationClientSecrets(state, parameters) {
    const application = parameters.application(state);
    const secrets = [...application.secrets.values()];
    const shown = secrets.map((secret) => answer(parameters, application, secret, masked(secret.value)));
    return { TotalCount: secrets.length, ApplicationClientSecrets: shown };
  },

  ObtainApplicationClientSecret(state, parameters) {
    const application = parameters.application(state);
    const secret = parameters.clientSecret(application);
    return { ApplicationClientSecret: answer(parameters, application, secret, secret.value) };
  },

  CreateApplicationClientSecret(state, parameters) {
    const application = parameters.application(state);
    const expiresAt = expiryOf(state, parameters);
    if (application.secrets.size >= MOST_SECRETS) throw tooManySecrets();
    const { id: SecretId, value: ClientSecret } = addSecret(application, { expiresAt });
    return { ApplicationClientSecret: { ClientId: application.clientId, SecretId, ClientSecret } };
  },

  UpdateApplicationClientSecretExpirationTime(state, parameters) {
    const secret = parameters.clientSecret(parameters.application(state));
    const expiresAt = expiryOf(state, parameters);
    if (expiresAt === null) throw missing('ExpirationTime');
    secret.expiresAt = expiresAt;
    return {};
  },

  EnableApplicationClientSecret(state, parameters) {
    parameters.clientSecret(parameters.application(state)).status = 'enabled';
    return {};
  },

  DisableApplicationClientSecret(state, parameters) {
    endable(parameters.application(state), parameters).status = 'disabled';
    return {};
  },

  DeleteApplicationClientSecret(state, parameters) {
    const application = parameters.application(state);
    application.secrets.delete(endable(application, parameters).id);
    return {};
  },
};

export interface NewClientSecret {
  readonly value?: string;
  readonly status?: ClientSecret['status'];
  readonly expiresAt?: Date | null;
  readonly lastUsedAt?: Date | null;
}

/** As many as are wanted: the operation alone counts them. */
export function addSecret({ secrets }: Application, given: NewClientSecret): ClientSecret {
  const { value = newValue(), status = 'enabled', expiresAt = null, lastUsedAt = null } = given;
  const secret: ClientSecret = { id: newId('sci'), value, status, expiresAt, lastUsedAt };
  secrets.set(secret.id, secret);
  return secret;
}

/** At least one stays enabled; whether it has expired the vendor does not ask. */
function endable(application: Application, parameters: Parameters): ClientSecret {
  const secret = parameters.clientSecret(application);
  const others = [...application.secrets.values()].filter(({ id }) => id !== secret.id);
  if (secret.status === 'enabled' && others.every(({ status }) => status === 'disabled'))
    throw lastEnabledSecret();
  return secret;
}

function expiryOf({ clock }: State, parameters: Parameters): Date | null {
  const time = parameters.number('ExpirationTime');
  if (time === undefined) return null;
  const left = time - clock.now().getTime();
  if (left < SHORTEST_MS || left > LONGEST_MS) throw invalid('ExpirationTime');
  return new Date(time);
}

/** The times are told where there are any. */
function answer(
  parameters: Parameters,
  application: Application,
  secret: ClientSecret,
  shown: string,
): object {
  return {
    InstanceId: parameters.required('InstanceId'),
    ApplicationId: application.id,
    ClientId: application.clientId,
    SecretId: secret.id,
    ClientSecret: shown,
    Status: secret.status,
    ...(secret.lastUsedAt && { LastUsedTime: secret.lastUsedAt.getTime() }),
    ...(secret.expiresAt && { ExpirationTime: secret.expiresAt.getTime() }),
  };
}

/** But for the first four characters and the last two. */
function masked(value: string): string {
  return `${value.slice(0, 4)}${'*'.repeat(Math.max(1, value.length - 6))}${value.slice(-2)}`;
}
