/** The only page of these routes that shows a reply in full; of the errors it names the statuses. */
export const exchanges = [
  {
    source: 'https://launchdarkly.com/docs/api/o-auth-2-clients/get-o-auth-client-by-id',
    read: '2026-11-21',
    method: 'GET',
    /** With the vendor's names for its parameters. */
    path: '/api/v2/oauth/clients/:clientId',
    headers: { Authorization: '<apiKey>' },
    errors: [400, 401, 403, 404],
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
] as const;
