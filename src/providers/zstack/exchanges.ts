/** A request and its reply, as the vendor publishes them. */
export interface PublishedExchange {
  readonly source: string;
  readonly read: string;
  readonly method: 'GET';
  /** With the vendor's names for its parameters. */
  readonly path: string;
  readonly query: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly reply: { readonly status: number; readonly body: object };
  /** Members of the error that the reply may hold in the place of a result. */
  readonly error: readonly string[];
}

/** Of the calls that the gateway makes, the explorer of ZSphere publishes this one. */
export const exchanges: readonly PublishedExchange[] = [
  {
    source: 'https://docs.zstack-cloud.com/docs/api-explorer/en/zsphere/explorer/GetOAuthClientSecret',
    read: '2026-11-21',
    method: 'GET',
    path: '/zstack/v1/oauth2/clients/{uuid}/client-secret',
    query: ['systemTags', 'userTags'],
    headers: { Authorization: 'OAuth {sessionUuid}' },
    reply: { status: 200, body: { clientSecret: 'exampleClientSecret' } },
    error: ['code', 'description', 'details', 'elaboration', 'opaque', 'cause'],
  },
];
