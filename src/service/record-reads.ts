import { permits, reach, type Role } from '../domain/actor.ts';
import { ForbiddenError } from '../domain/gateway-error.ts';
import type { ClientSecretId } from '../domain/ids.ts';
import { findAccessTokens, listAccessTokens } from '../store/access-tokens.ts';
import { findAuditEvents, listAuditEvents } from '../store/audit-events.ts';
import { findOpenRotations, findRotations, listRotations } from '../store/rotations.ts';
import { isUuid } from '../store/uuid.ts';
import { deny } from './audit-drafts.ts';
import type { Services } from './services.ts';
import type { Caller } from './caller.ts';
import type { RecordReads } from './session.ts';

const WHOLE_GATEWAY = { provider: null, tenant: null };

/** Reads of the gateway's own state, narrowed to what the actor has the role for. */
export function recordReads(services: Services, caller: Caller): RecordReads {
  const { store } = services;
  const { actor } = caller;
  const refuse = (action: string, role: Role) => {
    const denial = new ForbiddenError('You may not read this.', { hint: `It takes the role ${role}.` });
    return deny(services, caller, { action, scope: WHOLE_GATEWAY, subject: null }, denial);
  };
  return {
    openRotations: async (of) => {
      const readable = of.filter((id) => permits(actor, 'READER', id));
      const open = await findOpenRotations(store, readable);
      return of.map((id) => {
        const part = open.find(({ oldSecret, newSecret }) => same(oldSecret, id) || same(newSecret, id));
        return readable.includes(id) ? (part ?? null) : null;
      });
    },
    rotations: async (ids) => {
      const found = await findRotations(store, ids.filter(isUuid));
      const readable = found.filter(({ oldSecret }) => permits(actor, 'READER', oldSecret));
      return ids.map((id) => readable.find((rotation) => rotation.id === id) ?? null);
    },
    listRotations: (filter, page) =>
      listRotations(store, { ...filter, within: reach(actor, 'READER') }, page),
    auditEvents: async (ids) => {
      const found = await findAuditEvents(store, ids.filter(isUuid));
      const readable = found.filter((event) => permits(actor, 'AUDITOR', event));
      return ids.map((id) => readable.find((event) => event.id === id) ?? null);
    },
    listAuditEvents: async (filter, page) => {
      const within = reach(actor, 'AUDITOR');
      if (!within.everything && within.scopes.length === 0) return refuse('auditEvents.read', 'AUDITOR');
      return listAuditEvents(store, { ...filter, within }, page);
    },
    accessTokens: async (ids) => {
      const admin = permits(actor, 'ADMIN', WHOLE_GATEWAY);
      const found = admin ? await findAccessTokens(store, ids.filter(isUuid)) : [];
      return ids.map((id) => found.find((token) => token.id === id) ?? null);
    },
    listAccessTokens: async (page) => {
      if (!permits(actor, 'ADMIN', WHOLE_GATEWAY)) return refuse('accessTokens.read', 'ADMIN');
      return listAccessTokens(store, page);
    },
  };
}

function same(a: ClientSecretId | null, b: ClientSecretId): boolean {
  return (
    a?.secret === b.secret && a.client === b.client && a.tenant === b.tenant && a.provider === b.provider
  );
}
