import { z } from 'zod';
import { DAY, MINUTE, SECOND } from '../domain/duration.ts';
import { SecretValue } from '../domain/secret-value.ts';
import { isKey } from '../store/key-format.ts';
import type { Fault } from './config-error.ts';
import { durationSetting } from './duration-setting.ts';

const MASTER_KEY_BYTES = 32;

const secret = (isRight: (text: string) => boolean, message: string) =>
  z
    .string()
    .refine(isRight, message)
    .transform((text) => new SecretValue(text))
    .nullable()
    .default(null);

const variables = z
  .object({
    HOST: z.string().min(1, 'has to name an address to listen on').default('127.0.0.1'),
    PORT: z
      .string()
      .regex(/^\d{1,5}$/, 'has to be a port number from 0 to 65535')
      .transform(Number)
      .refine((port) => port <= 65_535, 'has to be a port number from 0 to 65535')
      .default(4000),
    DATABASE_URL: secret(
      isPostgresqlUrl,
      'has to be of the form postgres://user:password@host:5432/database, special characters of user and password percent-encoded',
    ),
    KEYFOLD_DATA_DIR: z.string().min(1, 'has to name a folder').default('.keyfold'),
    KEYFOLD_MASTER_KEY: secret(
      isMasterKey,
      'has to be 32 random bytes in base64; make one with: openssl rand -base64 32',
    ),
    KEYFOLD_ROOT_TOKEN: secret(
      isKey,
      'has to be a token as Keyfold makes them; leave it out, and one is made and shown on the first start',
    ),
    KEYFOLD_REQUEST_DEADLINE: durationSetting(SECOND / 10, 5 * MINUTE, 10 * SECOND),
    KEYFOLD_SWEEP_INTERVAL: durationSetting(MINUTE, 7 * DAY, 15 * MINUTE),
  })
  .refine((it) => it.DATABASE_URL === null || it.KEYFOLD_MASTER_KEY !== null, {
    path: ['KEYFOLD_MASTER_KEY'],
    message: 'is needed with DATABASE_URL; make one with: openssl rand -base64 32',
  });

/** Null: there are faults, which were added to the list. A variable that is set to nothing counts as not set. */
export function readEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  faults: Fault[],
): z.output<typeof variables> | null {
  const set = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = variables.safeParse(set);
  if (parsed.success) return parsed.data;
  faults.push(...parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })));
  return null;
}

/** With a bare `/`, `?` or `#` in a password, its rest would be taken for the name of the database, and be shown. */
function isPostgresqlUrl(text: string): boolean {
  return URL.canParse(text) && /^postgres(ql)?:\/\/[^/?#]*(\/[^/?#@]*)?(\?[^#@]*)?$/i.test(text);
}

function isMasterKey(text: string): boolean {
  return /^[A-Za-z0-9+/]{43}=$/.test(text) && Buffer.from(text, 'base64').length === MASTER_KEY_BYTES;
}
