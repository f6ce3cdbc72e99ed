import { z } from 'zod';
import type { ClientSecretId } from '../../domain/ids.ts';
import { isStorableMoment } from '../../domain/storable.ts';
import { ask } from '../../provider-kit/ask.ts';
import type { Call } from '../../provider-kit/provider.ts';
import { secretValue } from '../../provider-kit/reply-fields.ts';
import type { Upstream } from '../../provider-kit/upstream.ts';

const text = z.nullish(z.string()).transform((it) => it || null);
/** In Unix milliseconds. What is no moment is none: 0, -1, or beyond all dates. */
const moment = z
  .nullish(z.number())
  .transform((ms) => (ms && ms > 0 && isStorableMoment(new Date(ms)) ? new Date(ms) : null));
const times = { CreateTime: moment, UpdateTime: moment };
const instance = z.object({ InstanceId: z.string(), Description: text, Status: text, ...times });
const application = z.object({
  ApplicationId: z.string(),
  ClientId: z.string(),
  ApplicationName: text,
  Description: text,
  Status: text,
  SsoType: text,
  ApplicationCreationType: text,
  ApplicationIdentityType: text,
  ServiceManaged: z.boolean().nullish(),
  ...times,
});
const user = z.object({
  UserId: z.string(),
  Username: text,
  DisplayName: text,
  Email: text,
  Status: text,
  ...times,
});
const clientSecret = z.object({
  SecretId: z.string(),
  /** Masked, and of that the ends alone are kept. */
  ClientSecret: z.string().nullish().transform(hintOf),
  Status: text,
  LastUsedTime: moment,
  ExpirationTime: moment,
});
const shown = z.object({ ClientId: z.string(), SecretId: z.string(), ClientSecret: secretValue });
const issued = z.object({ ApplicationClientSecret: shown });
/** A success holds nothing else; an error has a `Code`. */
const done = z.object({ RequestId: z.string(), Code: z.never().optional() });
const TotalCount = z.number();

/** The reply to each operation: parsed leniently, and no more of it than is used. */
export const replies = {
  ListInstances: z.object({ TotalCount, Instances: z.array(instance) }),
  ListApplications: z.object({ TotalCount, Applications: z.array(application) }),
  ListUsers: z.object({ TotalCount, Users: z.array(user) }),
  ListUsersForApplication: z.object({ Users: z.array(z.object({ UserId: z.string() })) }),
  ListApplicationClientSecrets: z
    .object({ TotalCount, ApplicationClientSecrets: z.array(clientSecret) })
    .refine(({ TotalCount, ApplicationClientSecrets: told }) => TotalCount <= told.length),
  ObtainApplicationClientSecret: issued,
  CreateApplication: z.object({ ApplicationId: z.string() }),
  UpdateApplicationInfo: done,
  UpdateApplicationDescription: done,
  EnableApplication: done,
  DisableApplication: done,
  DeleteApplication: done,
  CreateApplicationClientSecret: issued,
  UpdateApplicationClientSecretExpirationTime: done,
  EnableApplicationClientSecret: done,
  DisableApplicationClientSecret: done,
  DeleteApplicationClientSecret: done,
};

export type Action = keyof typeof replies;
type Replies = { readonly [A in Action]: z.output<(typeof replies)[A]> };
const schemas: { readonly [A in Action]: z.ZodType<Replies[A]> } = replies;

export type InstanceData = z.output<typeof instance>;
export type ApplicationData = z.output<typeof application>;
export type UserData = z.output<typeof user>;
export type ClientSecretData = z.output<typeof clientSecret>;

/** Undefined: not sent. */
export type Parameters = Readonly<Record<string, string | number | readonly string[] | undefined>>;
/** An instance, or something in it. */
export type Of = Partial<Pick<ClientSecretId, 'tenant' | 'client' | 'secret'>>;
/** One request for one operation of the vendor. */
export type Api = <A extends Action>(action: A, of: Of, more: Parameters, call: Call) => Promise<Replies[A]>;

export function createApi(upstream: Upstream): Api {
  return async (action, { tenant, client, secret }, more, call) => {
    const safe = /^(List|Obtain)/.test(action);
    const headers = { 'x-acs-action': action, 'x-acs-version': '2021-12-01' };
    const query = flat({ InstanceId: tenant, ApplicationId: client, SecretId: secret, ...more });
    return ask(upstream, { method: 'POST', path: '/', query, headers, safe }, schemas[action], call);
  };
}

/** A list with its places, counted from 1 (vendor facts, section 1). */
function flat(parameters: Parameters): Parameters {
  const flattened = Object.entries(parameters).flatMap(([name, value]) =>
    typeof value === 'object' ? value.map((one, i) => [`${name}.${i + 1}`, one]) : [[name, value]],
  );
  return Object.fromEntries(flattened);
}

/** `CSab…yz` of `CSab****yz`. Null where nothing is masked: then it may be the value itself. */
function hintOf(masked: string | null | undefined): string | null {
  const [start = '', ...rest] = masked?.split('*') ?? [];
  const end = rest.at(-1);
  return end === undefined ? null : `${start.slice(0, 4)}…${end.slice(-2)}`;
}
