/** A request, and an example of its reply, as the vendor publishes them. */
export interface PublishedExchange {
  readonly source: string;
  readonly read: string;
  readonly method: 'GET';
  /** With the vendor's names for its parameters. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly reply: { readonly status: number; readonly body: object };
  /** What else it may answer: no bodies are shown. */
  readonly errors: readonly number[];
}

export const exchanges: readonly PublishedExchange[] = [
  {
    source: 'https://launchdarkly.com/docs/api/o-auth-2-clients/get-o-auth-client-by-id',
    read: '2026-11-21',
    method: 'GET',
    path: '/api/v2/oauth/clients/:clientId',
    headers: { Authorization: '<apiKey>' },
    reply: {
      status: 200,
      body: {
        _links: {
          parent: { href: '/api/v2/oauth/clients', type: 'application/json' },
          self: {
            href: '/api/v2/oauth/clients/50666563-9144-4125-b822-33f308227e45',
            type: 'application/json',
          },
        },
        name: 'string',
        _accountId: 'string',
        _clientId: 'string',
        redirectUri: 'string',
        _creationDate: 1,
        description: 'string',
        _clientSecret: 'string',
      },
    },
    errors: [400, 401, 403, 404],
  },
];
