import { startGateway, type RunningGateway } from './gateway.ts';
import { startLimit, type RunningLimit } from './limit.ts';
import { startLoad, type Load } from './load.ts';
import { startDatabases, type DatabaseServer } from './postgresql.ts';
import type { OpenedVendor, Size } from './vendor/questions.ts';
import { startVendors, type Vendors } from './vendors.ts';

export interface Options {
  readonly rounds: number;
  readonly seconds: number;
  readonly connections: number;
  /** Where profiles of the gateway go. Null: it is not profiled. */
  readonly profile: string | null;
}

/** The gateway and the limit over one vendor; the gateway has a second one, which is just like it. */
export interface Comparison {
  readonly provider: string;
  readonly vendor: OpenedVendor;
  readonly second: { readonly provider: string; readonly vendor: OpenedVendor };
  readonly gateway: RunningGateway;
  readonly limit: RunningLimit;
}

/** What all scenarios share. */
export interface Stage {
  readonly options: Options;
  readonly load: Load;
  readonly vendors: Vendors;
  readonly databases: DatabaseServer;
  progress(text: string): void;
  /** The same for all who ask; started for the first. */
  comparison(): Promise<Comparison>;
  /** Runs at the end, the last given first. */
  atEnd(stop: () => Promise<void>): void;
}

/** More than a page of clients, so that one list gives the page; 3 to 5 secrets each. */
const VENDOR: Size = { clients: 60, secrets: [3, 5] };
const [PROVIDER, SECOND] = ['plant', 'mill'] as const;

export async function openStage(
  options: Options,
  progress: Stage['progress'],
): Promise<Stage & { close(): Promise<void> }> {
  const ends: (() => Promise<void>)[] = [];
  let comparison: Promise<Comparison> | null = null;
  const close = async () => {
    for (const end of ends.splice(0).reverse()) await end();
  };
  const keep = <T extends { stop(): Promise<void> }>(it: T): T => {
    ends.push(() => it.stop());
    return it;
  };
  try {
    const stage: Stage = {
      options,
      databases: keep(await startDatabases()),
      vendors: keep(await startVendors()),
      load: keep(await startLoad()),
      progress,
      comparison: () => (comparison ??= compare()),
      atEnd: (stop) => void ends.push(stop),
    };
    const compare = async (): Promise<Comparison> => {
      const vendor = await stage.vendors.open(PROVIDER, VENDOR);
      const second = { provider: SECOND, vendor: await stage.vendors.open(SECOND, VENDOR) };
      const gateway = keep(
        await startGateway({
          databaseUrl: await stage.databases.create('comparison'),
          vendors: { [PROVIDER]: vendor, [SECOND]: second.vendor },
          ...(options.profile !== null && {
            nodeOptions: ['--cpu-prof', `--cpu-prof-dir=${options.profile}`],
          }),
        }),
      );
      await stage.vendors.quiet();
      const limit = keep(await startLimit(PROVIDER, vendor));
      return { provider: PROVIDER, vendor, second, gateway, limit };
    };
    return { ...stage, close };
  } catch (error) {
    await close();
    throw error;
  }
}
