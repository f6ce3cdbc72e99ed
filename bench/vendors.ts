import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { asker } from './channel.ts';
import { start } from './processes.ts';
import {
  counts,
  openedVendor,
  type Counts,
  type Mode,
  type OpenedVendor,
  type Size,
  type VendorQuestion,
} from './vendor/questions.ts';

/** The process that plays the vendors. */
export interface Vendors {
  /** A new vendor of this name. */
  open(name: string, size: Size): Promise<OpenedVendor>;
  set(name: string, how: { readonly latencyMs?: number; readonly mode?: Mode }): Promise<void>;
  /** The requests since the last time, by vendor and by method and path. */
  takeCounts(): Promise<Counts>;
  /** Resolves once nobody has asked for a second: then whatever asks by itself is done for now. Rejects after two minutes. */
  quiet(): Promise<void>;
  stop(): Promise<void>;
}

export async function startVendors(): Promise<Vendors> {
  const running = await start({
    name: 'vendors',
    args: ['--import', 'tsx', join(import.meta.dirname, 'vendor/main.ts')],
    cwd: join(import.meta.dirname, '..'),
    place: 'beside',
    ready: /^ready: (\w+)$/m,
    hasChannel: true,
  });
  const ask = asker(running.child);
  const put = <T>(question: VendorQuestion, schema: z.ZodType<T>) =>
    ask(question).then((answer) => schema.parse(answer));
  const takeCounts = () => put({ kind: 'take-counts' }, counts);
  return {
    open: (name, size) => put({ kind: 'open', name, size }, openedVendor),
    set: (name, { latencyMs = 0, mode = 'well' }) => put({ kind: 'set', name, latencyMs, mode }, z.void()),
    takeCounts,
    async quiet() {
      await takeCounts();
      for (let seconds = 0; seconds < 120; seconds += 1) {
        await pause(1000);
        if (totalOf(await takeCounts()) === 0) return;
      }
      throw new Error('the vendors are asked again and again, by nobody here');
    },
    stop: () => running.stop(),
  };
}

/** Of all vendors and paths together. */
export function totalOf(all: Counts): number {
  return Object.values(all)
    .flatMap((paths) => Object.values(paths))
    .reduce((sum, count) => sum + count, 0);
}
