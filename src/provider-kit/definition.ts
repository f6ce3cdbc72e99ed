import type { z } from 'zod';
import type { Clock } from '../domain/clock.ts';
import type { Pause } from './pause.ts';
import type { Provider } from './provider.ts';
import type { Upstream, UpstreamOptions } from './upstream.ts';

/** All that an adapter gets of the world. */
export interface World<Store = unknown> {
  /** The configured name: the `provider` of every id. */
  readonly name: string;
  /** The only way out. */
  readonly connect: (options: UpstreamOptions) => Upstream;
  readonly database: Store;
  readonly clock: Clock;
  readonly pause: Pause;
}

/** The code of one kind of provider. Opening it makes no network call. */
export interface Definition<
  Options extends { readonly kind: string } = { readonly kind: string },
  Store = unknown,
> {
  /** As it is written in the configuration. */
  readonly kind: Options['kind'];
  /** One entry of the configuration, `kind` included; unknown keys are refused. */
  readonly options: z.ZodType<Options>;
  open(options: Options, world: World<Store>): Provider;
}
