import type { Rotation } from '../../src/domain/rotation.ts';
import { rotateClientSecret } from '../../src/service/rotate-client-secret.ts';
import type { Session } from '../../src/service/session.ts';
import { ADMIN, issueSecret, type TestServices } from './test-services.ts';

export const NO_KEY = { idempotencyKey: null };
export const ROTATE = {
  overlapMs: null,
  description: null,
  expiresAt: null,
  expiresInMs: null,
  value: null,
  idempotencyKey: null,
};

/** What tests of rotations ask of the service and of the vendor. */
export interface Rotating {
  session(): Session;
  /** At the vendor. */
  statusOf(id: { readonly secret: string }): string | undefined;
  /** How many secrets can authenticate at the vendor. */
  live(): number;
  reread(rotation: Rotation): Promise<Rotation>;
  /** Issues a secret and rotates it. */
  begin(input?: { readonly overlapMs?: number }): Promise<{
    readonly old: Awaited<ReturnType<typeof issueSecret>>['secret'];
    readonly rotation: Rotation;
    readonly issued: Awaited<ReturnType<typeof issueSecret>>;
  }>;
}

export function rotating(open: () => TestServices): Rotating {
  const session = () => open().as(ADMIN);
  return {
    session,
    statusOf: (id) => open().toy.secrets.find((found) => found.id.secret === id.secret)?.status,
    live: () =>
      open().toy.secrets.filter(({ status, expiresAt }) => {
        return status === 'ACTIVE' && (expiresAt === null || expiresAt > open().clock.now());
      }).length,
    reread: async ({ id }) => (await session().records.rotations([id]))[0] as Rotation,
    begin: async (input = {}) => {
      const old = (await issueSecret(session())).secret;
      const { rotation, issued } = await rotateClientSecret(session(), { id: old.id, ...ROTATE, ...input });
      return { old, rotation, issued };
    },
  };
}
