import type { Parameters } from './parameters.ts';
import type { State } from './state.ts';

/** What an operation answers beside its request's id. Throws a `Refusal`. */
export type Operation = (state: State, parameters: Parameters) => object;
/** By their names. */
export type Operations = Readonly<Record<string, Operation>>;
