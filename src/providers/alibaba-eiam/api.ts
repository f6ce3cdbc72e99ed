import { z } from 'zod';
import type { ClientSecretId } from '../../domain/ids.ts';
import { isStorableMoment } from '../../domain/storable.ts';
import { ask } from '../../provider-kit/ask.ts';
import type { Call } from '../../provider-kit/provider.ts';
import { listOf, secretValue } from '../../provider-kit/reply-fields.ts';
import type { Upstream } from '../../provider-kit/upstream.ts';

const id = z.string();
const text = z.nullish(z.string()).transform((it) => it || null);
/** Of a value that is masked, and of that the ends alone. */
const hint = z.nullish(z.string()).transform(hintOf);
/** In Unix milliseconds. What is no moment is none: 0, -1, or beyond all dates. */
const moment = z
  .nullish(z.number())
  .transform((ms) => (ms && ms > 0 && isStorableMoment(new Date(ms)) ? new Date(ms) : null));
const common = { Description: text, Status: text, CreateTime: moment, UpdateTime: moment };
const types = { SsoType: text, ApplicationCreationType: text, ApplicationIdentityType: text };
const instance = z.object({ InstanceId: id, ...common });
const user = z.object({ UserId: id, Username: text, DisplayName: text, Email: text, ...common });
const application = z.object({ ApplicationId: id, ClientId: id, ApplicationName: text, ...types, ...common });
const times = { LastUsedTime: moment, ExpirationTime: moment };
const clientSecret = z.object({ SecretId: id, ClientSecret: hint, Status: text, ...times });
const shown = z.object({ ClientId: id, SecretId: id, ClientSecret: secretValue });
const issued = z.object({ ApplicationClientSecret: shown });
/** A success holds nothing else; an error has a `Code`. */
const done = z.object({ RequestId: id, Code: z.never().optional() });

const list = <T>(name: string, item: z.ZodType<T>) =>
  z
    .looseObject({ TotalCount: z.number() })
    .transform(({ TotalCount: total, [name]: items }) => ({ total, items }))
    .pipe(z.object({ total: z.number(), items: listOf(item) }));
/** Of what has no pages: what is not in it is gone. */
const whole = ({ items, total }: { items: readonly unknown[]; total: number }) => items.length >= total;

/** The reply to each operation: parsed leniently, and no more of it than is used. */
export const replies = {
  ListInstances: list('Instances', instance),
  ListUsers: list('Users', user),
  ListUsersForApplication: list('Users', z.object({ UserId: id })),
  ListApplications: list('Applications', application),
  CreateApplication: z.object({ ApplicationId: id }),
  UpdateApplicationInfo: done,
  UpdateApplicationDescription: done,
  EnableApplication: done,
  DisableApplication: done,
  DeleteApplication: done,
  ListApplicationClientSecrets: list('ApplicationClientSecrets', clientSecret).refine(whole),
  ObtainApplicationClientSecret: issued,
  CreateApplicationClientSecret: issued,
  UpdateApplicationClientSecretExpirationTime: done,
  EnableApplicationClientSecret: done,
  DisableApplicationClientSecret: done,
  DeleteApplicationClientSecret: done,
};

export type Action = keyof typeof replies;
type Reply<A extends Action> = z.output<(typeof replies)[A]>;
const schemas: { readonly [A in Action]: z.ZodType<Reply<A>> } = replies;
/** What a list holds. */
export type Item<A extends Action> = Reply<A> extends { items: (infer T)[] } ? T : never;
/** Undefined: not sent. */
export type Parameters = Readonly<Record<string, string | number | readonly string[] | undefined>>;
type Of = Partial<ClientSecretId>;
/** One request for one operation, of an instance or of something in it. */
export type Api = <A extends Action>(action: A, of: Of, more: Parameters, call: Call) => Promise<Reply<A>>;

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
