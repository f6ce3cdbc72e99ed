import { z } from 'zod';
import type { JsonObject } from '../../domain/json.ts';
import { attributesOf } from '../../provider-kit/attributes.ts';
import { secretValue } from '../../provider-kit/reply-fields.ts';

type Names = Readonly<Record<string, string>>;
const object = z.record(z.string(), z.json());

/** What the vendor tells of something: its fields that are used, some by other names, and those that are attributes. */
function told<Shape extends z.ZodRawShape>(shape: Shape, attributes: string, names: Names = {}) {
  const schema = z.object({ ...shape, attributes: z.custom<JsonObject>() });
  return z.preprocess((raw) => {
    const { data } = object.safeParse(raw);
    if (data === undefined) return raw;
    const fields = Object.entries(data).map(([name, value]) => [names[name] ?? name, value] as const);
    const all = Object.fromEntries(fields);
    const own = attributesOf(Object.fromEntries(attributes.split(' ').map((name) => [name, all[name]])));
    return { ...all, attributes: own };
  }, schema);
}

/** Whatever is null may be left out (vendor facts, section 7). */
const text = z.string().nullish();
const flag = z.boolean().nullish();
const date = z.iso.datetime({ offset: true }).transform((at) => new Date(at));
/** Of a tenant; some have no zone. */
const vagueDate = date.nullable().catch(null);

const tenant = told(
  { Id: z.string(), CompanyName: text, Created: vagueDate, LastUpdated: vagueDate },
  'Alias State TenantType',
);
const region = z.object({ AdministrativeEndpointsWritable: flag, BaseAddress: text });
const client = told(
  { Id: z.string(), Name: text, Enabled: flag, RedirectUris: z.array(z.string()).nullish() },
  'AccessTokenLifetime Tags RoleIds PostLogoutRedirectUris ClientUri LogoUri AllowOfflineAccess AllowAccessTokensViaBrowser',
  { ClientId: 'Id' },
);
const identity = told(
  { Id: z.string(), Name: text, GivenName: text, Surname: text },
  'GivenName Surname ExternalUserId IdentityProviderId RoleIds RoleTypeIds Tags',
);
/** By their names in v1-preview, since v1 says `Id` of anything; the id is a number there (vendor facts, section 2). */
const secretFields = {
  SecretId: z.union([z.int32().transform(String), z.string().regex(/^[\w-]{1,64}$/)]),
  Description: text,
  Expires: flag,
  Expiration: date.nullish(),
};
const inV1 = { Id: 'SecretId', Secret: 'ClientSecret', ExpirationDate: 'Expiration' };
const flat = { SecretDescription: 'Description', SecretExpirationDate: 'Expiration' };
const secret = told(secretFields, '', inV1);
const newSecretFields = { ...secretFields, ClientSecret: secretValue };
const newClientFields = { ...newSecretFields, Client: client };

export type TenantData = z.output<typeof tenant>;
export type Region = z.output<typeof region>;
export type ClientData = z.output<typeof client>;
export type IdentityData = z.output<typeof identity>;
export type SecretData = z.output<typeof secret>;

/** The reply to each call, in either dialect: parsed leniently, and no more of it than is used. */
export const replies = {
  tenant,
  regions: z.union([z.array(region), region.transform((it) => [it])]),
  client,
  identity,
  secret,
  newSecret: told(newSecretFields, '', inV1),
  /** In v1-preview what is told of the client stands among what is told of its secret (vendor facts, section 4). */
  newClient: z.union([
    told(newClientFields, '', inV1),
    z.preprocess((raw) => ({ ...object.safeParse(raw).data, Client: raw }), told(newClientFields, '', flat)),
  ]),
};

const childError = z.looseObject({ StatusCode: z.number().nullish(), ModelId: text });

/** Of what was asked for by many ids: a list, or, as a 207, what there is of it and what went wrong (section 6). */
export function manyOf<T>(item: z.ZodType<T>) {
  const data = z.array(item);
  return z.union([
    data.transform((Data) => ({ Data, ChildErrors: [] })),
    z.object({ Data: data.nullish().transform((it) => it ?? []), ChildErrors: z.array(childError) }),
  ]);
}
