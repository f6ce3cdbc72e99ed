/** Who plays in the recording, by the ids and labels that it gives them. */
export const ORGANIZATION = 'af97bb34-dad9-4969-872e-abc338561266';

export const TOKENS = {
  user: '<admin user JWT>',
  gateway: '<gateway identity access token>',
  svcA: '<svc-a access token>',
  shortLived: '<no-access identity token, 2 s TTL>',
  member: '<member identity token>',
  twoUses: '<svc-b token, 2 uses>',
} as const;

export const GATEWAY = '9bd89a56-4689-49dd-9696-826215be8d7c';
export const SVC_A = '14689038-6fd8-4987-9d00-f42eb0d62e2f';
export const SVC_M = '649e2ff4-af7b-4478-8128-eec2bbf4a9bf';
export const SVC_NONE = '033c12f7-0c91-4334-a187-bd09dbce87dc';
export const SVC_B = '4c4eee67-86e2-49fc-bf21-f18b01acb57c';
export const SVC_B_CLIENT = '33eb235e-d5b3-4ed1-9992-3f4448017b8b';

export const IDENTITIES = '/api/v1/identities';
export const UNIVERSAL_AUTH = '/api/v1/auth/universal-auth';
export const authOf = (identity: string) => `${UNIVERSAL_AUTH}/identities/${identity}`;
