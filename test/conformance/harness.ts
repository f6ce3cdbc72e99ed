import type { ClientId, ClientSecretId, IdentityId, TenantId } from '../../src/domain/ids.ts';
import type { Definition } from '../../src/provider-kit/definition.ts';
import type {
  Call,
  ClientChanges,
  IdentityChanges,
  NewClient,
  Provider,
  SecretChanges,
  TenantChanges,
  Traits,
  Writes,
} from '../../src/provider-kit/provider.ts';
import type { ProviderErrorCode } from '../../src/provider-kit/provider-error.ts';
import type { ReceivedRequest } from '../../src/provider-kit/received-request.ts';
import type { Simulator } from '../../src/provider-kit/simulator.ts';
import type { UpstreamLimits } from '../../src/provider-kit/upstream-limits.ts';
import type { TestClock } from '../test-clock.ts';

/** The name that every provider is opened by. */
export const NAME = 'acme';

/** Stands in every error body that a vendor answers with, and may stand nowhere else. */
export const CANARY = 'canary-7be1';

/** All that the suite has to be told about one provider. */
export interface Harness<Options extends { readonly kind: string }, Store> extends Facts {
  readonly definition: Definition<Options, Store>;
  /** A world in which nobody else writes. Called for each test. */
  start(clock: TestClock): Promise<Setting<Store>>;
}

export interface Facts {
  readonly name: string;
  readonly traits: Omit<Traits, 'instead'>;
  /** What this vendor lacks. All other writes are present. */
  readonly absent: readonly (keyof Writes)[];
  /** What the clients of `seeds` lack, though others of this vendor have it. */
  readonly lackingHere?: readonly (keyof Writes)[];
  /** How many requests or statements a batch costs at most, once logged in. Default: one for each key, and two more. */
  readonly costs?: {
    /** Of a hundred ids. */
    readonly getClients?: number;
    /** Of fifty clients. */
    readonly listSecrets?: number;
  };
  /** Configurations with the paths of all their faults; each value that they hold is named by `CANARY`. */
  readonly misconfigured: readonly (readonly [options: object, faults: readonly string[]])[];
  /** Changes that this vendor takes. */
  readonly changes: {
    readonly tenant?: TenantChanges;
    readonly identity?: IdentityChanges;
    readonly client?: ClientChanges;
    readonly secret?: SecretChanges;
  };
  /** Does a client of this vendor act for an identity, or does it hang on the tenant? */
  readonly clientsBelongTo: 'identity' | 'tenant';
  /** Who makes the value that takes the place of another. Null: there is no such write. */
  readonly replacementBy: 'caller' | 'vendor' | null;
  /** Null: it is no vendor, and nothing is sent over HTTP. */
  readonly vendor: VendorFacts | null;
}

export interface VendorFacts {
  /** The one request of listing a client's secrets. */
  isRead(request: ReceivedRequest): boolean;
  /** The write that faults are tried on, on a client of `seeds`, and its one request that changes anything. */
  readonly write: {
    send(stage: Stage, of: ClientId): Promise<unknown>;
    isIt(request: ReceivedRequest): boolean;
    /** How often it has taken effect so far. */
    effects(stage: Stage, of: ClientId): Promise<number>;
    /** Does the adapter find out by itself what became of it, where the vendor acted and its reply was lost? */
    readonly isFoundOut: boolean;
  };
  /** Null: there is no login. */
  readonly isLogin: ((request: ReceivedRequest) => boolean) | null;
  /** What the vendor says to a credential that is none. Default: a bare 401. */
  readonly refusedLogin?: { readonly status: number; readonly body: object };
  /** Does it change nothing? Default: a GET or a HEAD changes nothing. A login never counts. */
  isHarmless?(request: ReceivedRequest): boolean;
  /** How long to wait after a 429 that does not say. Default: nobody knows, and null is told. */
  readonly untold429Ms?: number;
  /** How this vendor in particular says that there were too many requests, beside a 429. */
  readonly throttlings: readonly {
    readonly status: number;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body: object;
    readonly retryAfterMs: number | null;
  }[];
  /** What the vendor's refusals mean to these two requests. Null: an empty page. */
  readonly refusals: readonly {
    readonly status: number;
    readonly body: object;
    readonly read: ProviderErrorCode | null;
    readonly write: ProviderErrorCode;
  }[];
}

export interface Setting<Store> {
  /** Unparsed. */
  readonly options: unknown;
  readonly database: Store;
  readonly simulator: Simulator | null;
  /** How many requests or statements there have been. */
  traffic(): number;
  /** What the gateway knows of the vendor and may not tell. */
  readonly credentials: readonly string[];
  /** Of the form of all the vendor's ids, and nothing has it. */
  readonly missing: string;
  /** Would the vendor take this value as this secret's, now and whatever the gateway thinks? */
  accepts(provider: Provider, id: ClientSecretId, value: string): Promise<boolean>;
  seeds(provider: Provider, call: Call): Seeds;
  /** Lets the next statement fail that matches, before it is run or when it has been; for what is no vendor. */
  spoilStatement?(next: {
    readonly match: RegExp;
    readonly error: Error;
    readonly when: 'before' | 'after';
  }): void;
  close(): Promise<void>;
}

/** Each makes one more; what the vendor holds only one of is that one again. */
export interface Seeds {
  tenant(): Promise<TenantId>;
  identity(of: TenantId): Promise<IdentityId>;
  client(of: TenantId): Promise<ClientId>;
  secret(of: ClientId): Promise<{ readonly id: ClientSecretId; readonly value: string }>;
  /** What a client can be created with. */
  newClient(of: TenantId): Promise<NewClient>;
}

/** A provider in its world, for one test. */
export interface Stage extends Omit<
  Setting<unknown>,
  'options' | 'database' | 'accepts' | 'seeds' | 'close'
> {
  readonly provider: Provider;
  readonly clock: TestClock;
  readonly call: Call;
  readonly seeds: Seeds;
  accepts(id: ClientSecretId, value: string): Promise<boolean>;
  /** Every line, as text. */
  readonly lines: readonly string[];
  /** The same configuration under another name, in the same world. */
  openAs(name: string): Provider;
}

/** The provider, bare or inside its rings. */
export interface Subject extends Facts {
  /** Are these all present, and on the clients of `seeds`? */
  has(...writes: readonly (keyof Writes)[]): boolean;
  /** Is this what the definition's options take? Otherwise the faults, by path, and as they are shown. */
  faultsOf(options: unknown): { readonly paths: readonly string[]; readonly shown: string };
  /** Closes itself when the test ends. */
  open(limits?: Partial<UpstreamLimits>): Promise<Stage>;
}
