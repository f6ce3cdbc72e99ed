import { z } from 'zod';
import type { Clock } from '../domain/clock.ts';
import type { DemoVendor } from '../provider-kit/demo-vendor.ts';
import * as registry from '../providers/registry.ts';

const isDemoVendor = (it: unknown): it is DemoVendor =>
  z.object({ name: z.string(), start: z.function() }).safeParse(it).success;
const demoModule = z.object({ demo: z.custom<DemoVendor>(isDemoVendor) });

/** Starts the vendor of every kind of provider that has one: entries of the configuration, by name. */
export async function startVendors(clock: Clock): Promise<Readonly<Record<string, object>>> {
  const kinds = Object.values(registry).map(({ kind }: { readonly kind: string }) => kind);
  const entries = kinds
    .filter((kind) => kind !== 'local')
    .map(async (kind) => {
      const { demo } = demoModule.parse(await import(`../providers/${kind}/demo.ts`));
      return [demo.name, await demo.start(clock)] as const;
    });
  return Object.fromEntries(await Promise.all(entries));
}
