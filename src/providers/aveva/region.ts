import { isIP } from 'node:net';
import { ProviderError } from '../../provider-kit/provider-error.ts';
import type { Call } from '../../provider-kit/provider.ts';
import { singleFlight } from '../../provider-kit/single-flight.ts';
import type { Upstream } from '../../provider-kit/upstream.ts';
import type { Told } from './replies.ts';

type Regions = Told<'regions'>;
/** What says that nobody may see the regions, or that there are none to be seen. */
const UNTOLD: ReadonlySet<string> = new Set(['forbidden', 'not_found', 'unsupported']);

/**
 * One region takes changes, and the others lag behind it (vendor facts, section 1): `writing` finds it, and from then on
 * `reading` goes there too. Until then, and where no regions are told, they go to `url`.
 */
export function regional(
  url: string,
  at: (origin: string) => Upstream,
  listRegions: (call: Call) => Promise<Regions | null>,
): Readonly<Record<'reading' | 'writing', Upstream>> {
  let writable: string | null = null;
  const find = singleFlight(async (call) => {
    const regions = await listRegions(call).catch((error: unknown) => {
      if (error instanceof ProviderError && UNTOLD.has(error.code)) return null;
      throw error;
    });
    return (writable = regions === null ? url : writableAmong(regions, url));
  });
  return {
    reading: { send: (request, call) => at(writable ?? url).send(request, call) },
    writing: {
      async send(request, call) {
        // A region that takes no changes has changed nothing, so that one more is tried.
        for (let tries = 0; tries < 2; tries += 1) {
          const reply = await at(writable ?? (await find(call))).send(request, call);
          if (reply.status !== 405) return reply;
          writable = null;
        }
        const hint = 'Configure the url of the region that takes changes; AVEVA calls it the global one.';
        throw new ProviderError('unsupported', 'This region of AVEVA takes no changes.', { hint });
      },
    },
  };
}

function writableAmong(regions: Regions, url: string): string {
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

/** Null: none that one owner would hold, since the host is a numeric address, or a name of one or two parts. */
function parentOf(hostname: string): string | null {
  const parent = hostname.slice(hostname.indexOf('.') + 1);
  return isIP(hostname) === 0 && parent.includes('.') ? parent : null;
}
