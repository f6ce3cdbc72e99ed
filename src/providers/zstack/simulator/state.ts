import { randomUUID } from 'node:crypto';
import type { Clock } from '../../../domain/clock.ts';
import type { SimulatorReply } from '../../../provider-kit/simulator.ts';
import type { Product } from '../config.ts';

export interface SsoClient {
  readonly uuid: string;
  readonly kind: 'OAuth2' | 'CAS';
  /** As they were sent, but for the secret. */
  fields: Readonly<Record<string, unknown>>;
  secret: string | null;
  readonly createdAt: Date;
  changedAt: Date;
  /** How often a secret was written into it. */
  secretWrites: number;
}

export interface StoredIdentity {
  readonly uuid: string;
  readonly name: string;
  readonly type: string;
  readonly createdAt: Date;
}

export interface Job {
  readonly result: SimulatorReply;
  readonly acceptedAt: Date;
  pollsLeft: number;
}

/** What differs from one installation to another; may be changed while it runs. */
export interface Settings {
  /** How often a job is found still running before it is done. */
  pollsUntilDone: number;
  /** `Rest.maskSensitiveInfo` */
  masksSecrets: boolean;
  /** Does the list hold only what all kinds of clients have? */
  listsBaseFieldsOnly: boolean;
  /** Versions of Cloud before 4.7.21 do not. */
  knowsRedirectUrl: boolean;
  /** `enable.unique.session` */
  hasUniqueSession: boolean;
  wantsCaptcha: boolean;
  wantsNewPassword: boolean;
  /** Is the account of the gateway an administrator's? */
  isAdministrator: boolean;
  /** Does it answer a write at once, with 200, as the explorer has it? */
  isSynchronous: boolean;
}

export interface State {
  readonly product: Product;
  readonly clock: Clock;
  readonly settings: Settings;
  readonly account: { readonly uuid: string; readonly name: string; readonly password: string };
  readonly accessKey: { readonly id: string; readonly secret: string };
  readonly clients: Map<string, SsoClient>;
  readonly accounts: Map<string, StoredIdentity>;
  readonly virtualIds: Map<string, StoredIdentity>;
  /** By uuid, when they end. */
  readonly sessions: Map<string, Date>;
  readonly jobs: Map<string, Job>;
  readonly loginControl: { failures: number; lockedUntil: Date | null };
}

export function newUuid(): string {
  return randomUUID().replaceAll('-', '');
}

const ZONE = new Intl.DateTimeFormat('en-US', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'medium',
  timeStyle: 'medium',
});

/** `Nov 14, 2017 10:20:57 PM`, in the zone of the server, which it does not name (vendor facts, section 2). */
export function dateText(date: Date): string {
  return ZONE.format(date)
    .replace(/,(?= \d+:)/, '')
    .replaceAll('\u202f', ' ');
}
