import { z } from 'zod';
import type { JsonObject, JsonValue } from '../../domain/json.ts';
import { attributesOf } from '../../provider-kit/attributes.ts';
import { listOf, secretValue } from '../../provider-kit/reply-fields.ts';

type Names = Readonly<Record<string, string>>;
/** What was read from JSON holds nothing else, so that only the outermost shape is looked at. */
const isObject = (it: unknown): it is JsonObject =>
  typeof it === 'object' && it !== null && !Array.isArray(it);

/** What is told of something: the fields that are used, some by other names, and those that are attributes. */
function told<Shape extends z.ZodRawShape>(shape: Shape, names: Names = {}, attributes = '') {
  const schema = z.object({ ...shape, attributes: z.custom<JsonObject>() });
  const fields = Object.keys(shape).map((own) => {
    return { own, other: Object.keys(names).find((name) => names[name] === own) ?? own };
  });
  const more = attributes.split(' ').filter((name) => name !== '');
  return z.preprocess((raw) => {
    if (!isObject(raw)) return raw;
    const picked: Record<string, unknown> = {};
    for (const { own, other } of fields) picked[own] = raw[other in raw ? other : own];
    const told: Record<string, JsonValue | undefined> = {};
    for (const name of more) told[name] = raw[name];
    picked['attributes'] = attributesOf(told);
    return picked;
  }, schema);
}

/** Whatever is null may be left out (vendor facts, section 7). */
const text = z.string().nullish();
const flag = z.boolean().nullish();
const date = z.iso.datetime({ offset: true }).transform((at) => new Date(at));
/** Of a tenant; some have no zone. */
const vague = date.nullable().catch(null);
const Id = z.string();

const region = z.object({ AdministrativeEndpointsWritable: flag, BaseAddress: text });
/** A client, a user or an automation identity. */
const thing = told(
  {
    Id,
    Name: text,
    GivenName: text,
    Surname: text,
    Enabled: flag,
    RedirectUris: z.array(z.string()).nullish(),
  },
  { ClientId: 'Id' },
  'AccessTokenLifetime Tags RoleIds PostLogoutRedirectUris ClientUri LogoUri AllowOfflineAccess AllowAccessTokensViaBrowser GivenName Surname ExternalUserId IdentityProviderId RoleTypeIds',
);
/** By their names in v1-preview, since v1 says `Id` of anything; the id is a number there (vendor facts, section 2). */
const IN_V1 = { Id: 'SecretId', Secret: 'ClientSecret', ExpirationDate: 'Expiration' };
const secret = {
  SecretId: z.union([z.int32().transform(String), z.string().regex(/^[\w-]{1,64}$/)]),
  Description: text,
  Expires: flag,
  Expiration: date.nullish(),
};
const oneSecret = told(secret, IN_V1);
const newSecret = { ...secret, ClientSecret: secretValue };
const newClient = { ...newSecret, Client: thing };
/** In v1-preview what is told of the client stands among what is told of its secret (vendor facts, section 4). */
const FLAT = { SecretDescription: 'Description', SecretExpirationDate: 'Expiration' };
const nested = (raw: unknown) => ({ ...(isObject(raw) && raw), Client: raw });

/** The reply to each call, in either dialect: parsed leniently, and no more of it than is used. */
export const replies = {
  tenant: told({ Id, CompanyName: text, Created: vague, LastUpdated: vague }, {}, 'Alias State TenantType'),
  regions: z.union([z.array(region), region.transform((it) => [it])]),
  thing,
  things: listOf(thing),
  secret: oneSecret,
  secrets: listOf(oneSecret),
  newSecret: told(newSecret, IN_V1),
  newClient: z.union([told(newClient, IN_V1), z.preprocess(nested, told(newClient, FLAT))]),
};
export type Told<Name extends keyof typeof replies> = z.output<(typeof replies)[Name]>;
