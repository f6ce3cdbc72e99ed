import { randomBytes } from 'node:crypto';
import type { Clock } from '../../../domain/clock.ts';
import type { FlowControl } from './flow-control.ts';

export type Status = 'enabled' | 'disabled';

export interface Instance {
  readonly id: string;
  readonly description: string;
  readonly createdAt: Date;
  readonly applications: Map<string, Application>;
  readonly users: Map<string, User>;
}

export interface User {
  readonly id: string;
  readonly username: string;
  readonly displayName: string;
  readonly createdAt: Date;
}

export interface Application {
  readonly id: string;
  readonly clientId: string;
  name: string;
  description: string;
  status: Status;
  readonly ssoType: string;
  readonly creationType: string;
  readonly identityType: string;
  readonly createdAt: Date;
  updatedAt: Date;
  readonly secrets: Map<string, ClientSecret>;
  /** Who may use it. */
  readonly userIds: Set<string>;
}

export interface ClientSecret {
  readonly id: string;
  readonly value: string;
  status: Status;
  lastUsedAt: Date | null;
  expiresAt: Date | null;
}

export interface AccessKey {
  readonly id: string;
  readonly secret: string;
  /** Of a key from STS. Null: a key without an end. */
  readonly token: { readonly text: string; readonly expiresAt: Date } | null;
  isActive: boolean;
}

/** One region, and who may ask it. */
export interface State {
  readonly clock: Clock;
  readonly accessKeys: Map<string, AccessKey>;
  readonly instances: Map<string, Instance>;
  readonly usedNonces: Set<string>;
  /** Operations that the policy of the access key does not allow. */
  readonly denied: Set<string>;
  readonly flowControl: FlowControl;
}

/** `app_` and 26 characters. */
export function newId(prefix: string): string {
  return `${prefix}_${letters(26).toLowerCase()}`;
}

/** 45 characters that begin with CS (vendor facts, section 4.2). */
export function newValue(): string {
  return `CS${letters(43)}`;
}

export function isExpired({ expiresAt }: ClientSecret, now: Date): boolean {
  return expiresAt !== null && expiresAt <= now;
}

function letters(count: number): string {
  const text = randomBytes(2 * count).toString('base64');
  return text.replaceAll(/[^A-Za-z\d]/g, '').slice(0, count);
}
