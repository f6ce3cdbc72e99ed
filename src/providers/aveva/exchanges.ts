/** A request and its replies, as the vendor publishes them. */
export interface PublishedExchange {
  readonly title: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** With the vendor's names for its parameters. */
  readonly path: string;
  /** The body. Null: there is none. */
  readonly sent: object | null;
  readonly status: 200 | 201 | 204;
  /** The body of that answer. Null: there is none. */
  readonly told: object | null;
  /** The statuses of its errors, whose bodies are not shown. */
  readonly errors: readonly number[];
}

export const source = {
  address: 'https://github.com/osisoft/OCS-Docs/blob/bbad2f97/Documentation/Identity/Identity_Secret.md',
  read: '2026-11-21',
};

const TENANT = '/api/v1-preview/Tenants/{tenantId}';
const READING = [401, 403, 404, 500];
const CHANGING = [400, ...READING];

/** All that is published happened within half a second, so that only these digits differ. */
const at = (fraction: string) => `2019-03-06T11:39:54.${fraction}-08:00`;
const sent = (fraction: string) => ({ Expiration: at(fraction), Description: 'description' });
const told = (fraction: string) => ({ SecretId: 'SecretId', ...sent(fraction) });
const issued = (fraction: string) => ({ ClientSecret: 'ClientSecret', ...told(fraction) });

export const exchanges: readonly PublishedExchange[] = [
  {
    title: 'Get Client Secrets',
    method: 'GET',
    path: `${TENANT}/Clients/{clientId}/Secret/`,
    sent: null,
    status: 200,
    told: [told('458818'), told('4613886')],
    errors: READING,
  },
  {
    title: 'Update Client Secret',
    method: 'PUT',
    path: `${TENANT}/Clients/{clientId}/Secret/{secretId}`,
    sent: told('4707641'),
    status: 200,
    told: told('4708819'),
    errors: CHANGING,
  },
  ...ofKind('Hybrid Client', 'HybridClients', {
    list: ['7607538', '7607651'],
    get: '7611276',
    add: ['7613924', '7628819'],
    update: ['7646348', '764713'],
  }),
  ...ofKind('Client Credential Client', 'ClientCredentialClients', {
    list: ['8710892', '8711103'],
    get: '8716206',
    add: ['8719443', '872019'],
    update: ['8725398', '872665'],
  }),
];

/** The five of either kind are alike. */
function ofKind(
  noun: string,
  collection: string,
  digits: {
    readonly list: readonly string[];
    readonly get: string;
    readonly add: readonly [sent: string, told: string];
    readonly update: readonly [sent: string, told: string];
  },
): readonly PublishedExchange[] {
  const all = `${TENANT}/${collection}/{clientId}/Secret/`;
  const one = `${all}{secretId}`;
  const get = { method: 'GET', sent: null, status: 200, errors: READING } as const;
  return [
    { ...get, title: `Get ${noun} Secrets`, path: all, told: digits.list.map(told) },
    { ...get, title: `Get ${noun} Secret`, path: one, told: told(digits.get) },
    {
      title: `Add ${noun} Secret`,
      method: 'POST',
      path: all,
      sent: sent(digits.add[0]),
      status: 201,
      told: issued(digits.add[1]),
      errors: READING,
    },
    {
      title: `Update ${noun} Secret`,
      method: 'PUT',
      path: one,
      sent: sent(digits.update[0]),
      status: 200,
      told: told(digits.update[1]),
      errors: CHANGING,
    },
    {
      title: `Delete ${noun} Secret`,
      method: 'DELETE',
      path: one,
      sent: null,
      status: 204,
      told: null,
      errors: READING,
    },
  ];
}
