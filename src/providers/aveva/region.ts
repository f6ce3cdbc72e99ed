import { isIP } from 'node:net';
import { ProviderError } from '../../provider-kit/provider-error.ts';
import type { Call } from '../../provider-kit/provider.ts';
import type { Upstream } from '../../provider-kit/upstream.ts';
import { keepAnswer } from './kept-answer.ts';
import type { Told } from './replies.ts';

const READ_ONLY = 405;
/** What says that nobody may see the regions, or that there are none to be seen. */
const UNTOLD: ReadonlySet<string> = new Set(['forbidden', 'not_found', 'unsupported']);

/**
 * One region takes changes, and the others lag behind it (vendor facts, section 1): `writing` finds it, and from then on
 * `reading` goes there too. Until then, and where there are no regions, they go to `url`.
 */
export function regional(
  url: string,
  at: (origin: string) => Upstream,
  listRegions: ((call: Call) => Promise<Told<'regions'>>) | null,
): { readonly reading: Upstream; readonly writing: Upstream } {
  const writable = keepAnswer(async (call) => {
    const regions = await listRegions?.(call).catch((error: unknown) => {
      if (error instanceof ProviderError && UNTOLD.has(error.code)) return undefined;
      throw error;
    });
    return regions === undefined ? url : writableAmong(regions, url);
  });
  return {
    reading: { send: (request, call) => at(writable.current() ?? url).send(request, call) },
    writing: {
      async send(request, call) {
        // A region that takes no changes has changed nothing, so that one more is tried.
        for (let tries = 0; tries < 2; tries += 1) {
          const reply = await at(await writable.get(call)).send(request, call);
          if (reply.status !== READ_ONLY) return reply;
          writable.forget();
        }
        const hint = 'Configure the url of the region that takes changes; AVEVA calls it the global one.';
        throw new ProviderError('unsupported', 'This region of AVEVA takes no changes.', { hint });
      },
    },
  };
}

function writableAmong(regions: Told<'regions'>, url: string): string {
  const address = regions.find((region) => region.AdministrativeEndpointsWritable)?.BaseAddress;
  if (!address) throw new ProviderError('unavailable', 'AVEVA names no region that takes changes.');
  if (isBeside(address, url)) return new URL(address).origin;
  const hint = 'Check the url: it is not beside the address that AVEVA names for changes.';
  throw new ProviderError('malformed', 'AVEVA names a region elsewhere, which is told no token.', { hint });
}

/** Of the same host, or of one right below the same domain. */
function isBeside(address: string, url: string): boolean {
  if (!URL.canParse(address)) return false;
  const [{ protocol, hostname, href, origin }, own] = [new URL(address), new URL(url)];
  if (protocol !== own.protocol || href !== `${origin}/`) return false;
  const parent = parentOf(own.hostname);
  return hostname === own.hostname || (parent !== null && parent === parentOf(hostname));
}

/** Null: the host has none that one owner would hold: a numeric address, or a name of one or two parts. */
function parentOf(hostname: string): string | null {
  const parent = hostname.slice(hostname.indexOf('.') + 1);
  return isIP(hostname) === 0 && parent.includes('.') ? parent : null;
}
