import type { Client } from '../../domain/client.ts';
import type { ClientId } from '../../domain/ids.ts';
import { attributesSchema, parseAttributes, refuseGiven, textOf } from '../../provider-kit/input-fields.ts';
import { invalidInput, ProviderError, withApplied } from '../../provider-kit/provider-error.ts';
import type { Call, NewClient, Reads, Writes } from '../../provider-kit/provider.ts';
import type { Action, Parameters } from './api.ts';
import type { Eiam } from './reads.ts';

const NO_ATTRIBUTES = attributesSchema('EIAM', {});

/** Requests to the vendor: createClient and deleteClient 2; updateClient 2, and 1 for each field that changes. */
export function createClientWrites({ api }: Eiam, reads: Reads): Partial<Writes> {
  const getClient = async (id: ClientId, call: Call): Promise<Client> => {
    const [client] = await reads.getClients([id], call);
    if (client instanceof ProviderError) throw client;
    if (!client) throw new ProviderError('not_found', 'EIAM has nothing with this id.');
    return client;
  };
  return {
    async createClient(of, { identity, kind, ...given }, call) {
      refuseGiven({ identity }, { identity: 'an application of EIAM hangs on its instance; leave it out' });
      if (kind !== null && kind !== 'AUTHORIZATION_CODE')
        throw invalidInput('kind', 'EIAM makes AUTHORIZATION_CODE; switch on more of it there');
      // SAML is the other kind that the API makes, and may have no secret (vendor facts, section 4.3).
      const fixed = { ApplicationSourceType: 'urn:alibaba:idaas:app:source:standard', SsoType: 'oidc' };
      const parameters = Object.assign(fixed, ...stepsOf(given).map(([, texts]) => texts));
      const { ApplicationId: client } = await api('CreateApplication', of, parameters, call);
      return { client: await getClient({ ...of, client }, call).catch(inDoubt), issued: null };
    },
    async updateClient(id, { enabled, ...changes }, call) {
      const steps = stepsOf(changes);
      const before = await getClient(id, call);
      if (enabled !== undefined && enabled !== before.enabled)
        steps.push([enabled ? 'EnableApplication' : 'DisableApplication', {}]);
      for (const [i, [action, more]] of steps.entries())
        await api(action, id, more, call).catch(i === 0 ? undefined : inDoubt);
      return steps.length === 0 ? before : getClient(id, call).catch(inDoubt);
    },
    async deleteClient(id, call) {
      await getClient(id, call);
      await api('DeleteApplication', id, {}, call);
    },
  };
}

type Step = [Action, Parameters];
type Texts = Partial<Pick<NewClient, 'name' | 'description' | 'redirectUris' | 'attributes'>>;

/** One operation for each text (vendor facts, section 4.3). */
function stepsOf({ name, description, redirectUris, attributes }: Texts): Step[] {
  refuseGiven({ redirectUris }, { redirectUris: 'EIAM keeps them with its single sign-on; set them there' });
  parseAttributes(NO_ATTRIBUTES, attributes);
  const named = name === undefined ? [] : [textOf('name', name, { max: 64, required: true })];
  const described = description === undefined ? [] : [textOf('description', description ?? '', { max: 128 })];
  return [
    ...named.map((ApplicationName): Step => ['UpdateApplicationInfo', { ApplicationName }]),
    ...described.map((Description): Step => ['UpdateApplicationDescription', { Description }]),
  ];
}

/** A part of the write was done before this. */
function inDoubt(error: unknown): never {
  throw error instanceof ProviderError ? withApplied(error, 'maybe') : error;
}
