import type { ClientId } from '../../src/domain/ids.ts';
import type { Simulator } from '../../src/provider-kit/simulator.ts';
import type { UpstreamLimits } from '../../src/provider-kit/upstream-limits.ts';
import { FIRST_PAGE, one } from './answers.ts';
import type { Stage, Subject, VendorFacts } from './harness.ts';

/** A vendor that has just answered: logged in and connected, so that a fault meets what it is meant for. */
export interface WarmStage extends Stage {
  readonly simulator: Simulator;
  readonly client: ClientId;
  /** The secrets of the client, which were read once already. */
  read(signal?: AbortSignal): Promise<readonly unknown[]>;
  /** What that reading gave. */
  readonly seeded: readonly unknown[];
  /** The write that faults are tried on. */
  write(signal?: AbortSignal): Promise<unknown>;
  /** How often it has taken effect since. */
  effects(): Promise<number>;
  /** The requests since. */
  sent(): Simulator['requests'];
}

export async function openWarm(
  { open }: Pick<Subject, 'open'>,
  { write }: Pick<VendorFacts, 'write'>,
  limits: Partial<UpstreamLimits> = {},
): Promise<WarmStage> {
  const stage = await open(limits);
  const { provider, seeds, simulator, call } = stage;
  if (simulator === null) throw new Error('this vendor has no simulator');
  const client = await seeds.client(await seeds.tenant());
  const read = async (signal = call.signal) =>
    (await one(provider.listSecrets([client], FIRST_PAGE, { ...call, signal }))).items;
  const seeded = await read();
  const seededEffects = await write.effects(stage, client);
  const before = simulator.requests.length;
  return {
    ...stage,
    simulator,
    client,
    read,
    seeded,
    write: (signal = call.signal) =>
      write.send({ ...stage, call: { ...call, signal, isWrite: true } }, client),
    effects: async () => (await write.effects(stage, client)) - seededEffects,
    sent: () => simulator.requests.slice(before),
  };
}
