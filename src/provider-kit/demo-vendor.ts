import type { Clock } from '../domain/clock.ts';

/** A simulated vendor with something in it, for the demonstration: the export `demo` of each provider's `demo.ts`. */
export interface DemoVendor {
  /** Of the provider that is configured for it. */
  readonly name: string;
  /** Starts it; resolves to what the configuration says of it. */
  start(clock: Clock): Promise<object>;
}
