import { z } from 'zod';
import { isIP } from 'node:net';
import { badRequest } from './refusal.ts';
import { read } from './validation.ts';
import type { Range, Settings, State } from './state.ts';

const TEN_YEARS = 315_360_000;
const ANYWHERE = new Set(['0.0.0.0/0', '::/0']);
const NEWER = new Set([
  'accessTokenPeriod',
  'lockoutEnabled',
  'lockoutThreshold',
  'lockoutDurationSeconds',
  'lockoutCounterResetSeconds',
]);

/** What a body asks for, `least`: of the time to live. The recorded build drops the newer fields without a word. */
export function readSettings(state: State, least: number, body: unknown): Partial<Settings> {
  const known = state.generation === 'current' ? body : withoutNewer(body);
  const { clientSecretTrustedIps, accessTokenTrustedIps, ...asked } = read(state, schema(least), known);
  const ranges = {
    clientSecretTrustedIps: clientSecretTrustedIps?.map(({ ipAddress }) => parseRange(state, ipAddress)),
    accessTokenTrustedIps: accessTokenTrustedIps?.map(({ ipAddress }) => parseRange(state, ipAddress)),
  };
  const given = Object.entries({ ...asked, ...ranges }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given);
}

/** vendor facts, section 5 */
function schema(least: number) {
  const seconds = z.number().min(0).max(TEN_YEARS);
  const ranges = z.array(z.object({ ipAddress: z.string() })).min(1);
  return z
    .object({
      accessTokenTTL: z.number().min(least).max(TEN_YEARS),
      accessTokenMaxTTL: seconds,
      accessTokenNumUsesLimit: z.number().min(0),
      accessTokenPeriod: seconds,
      lockoutEnabled: z.boolean(),
      lockoutThreshold: z.number().min(1).max(30),
      lockoutDurationSeconds: z.number().min(30).max(86_400),
      lockoutCounterResetSeconds: z.number().min(5).max(3600),
      clientSecretTrustedIps: ranges,
      accessTokenTrustedIps: ranges,
    })
    .partial();
}

/** The settings as they are answered, in the vendor's order. */
export function settingsAnswer({ generation }: State, settings: Settings): object {
  const answered = Object.entries(settings).filter(([key]) => generation === 'current' || !NEWER.has(key));
  return Object.fromEntries(answered);
}

function withoutNewer(body: unknown): unknown {
  const parsed = z.record(z.string(), z.unknown()).safeParse(body);
  if (!parsed.success) return body;
  return Object.fromEntries(Object.entries(parsed.data).filter(([key]) => !NEWER.has(key)));
}

function parseRange({ ipAllowlisting }: State, cidr: string): Range {
  if (!ipAllowlisting && !ANYWHERE.has(cidr)) {
    throw badRequest(
      'Failed to add IP access range to service token due to plan restriction. Upgrade plan to add IP access range.',
    );
  }
  const [ipAddress = '', prefix] = cidr.split('/');
  const version = isIP(ipAddress);
  if (version === 0) throw badRequest('The IP is not a valid IPv4, IPv6, or CIDR block');
  const widest = version === 4 ? 32 : 128;
  return { type: version === 4 ? 'ipv4' : 'ipv6', prefix: Number(prefix ?? widest), ipAddress };
}
