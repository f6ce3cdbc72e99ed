import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

export type MacPurpose =
  | 'client-secret'
  | 'access-token'
  | 'audit-event'
  | 'audit-head'
  | 'idempotency-input'
  | 'key-check';

/** Keys derived from the master key, one for each purpose, so that no digest means anything elsewhere. */
export interface Keyring {
  /** HMAC-SHA-256, in hex. */
  mac(purpose: MacPurpose, text: string): string;
  /** AES-256-GCM under the master key's wrapping key; `context` has to be the same on the way back. */
  wrap(key: Buffer, context: string): string;
  /** Throws on a text that was wrapped under another key or context. */
  unwrap(wrapped: string, context: string): Buffer;
}

/** `masterKey`: 32 bytes. */
export function openKeyring(masterKey: Buffer): Keyring {
  const derive = (purpose: string) =>
    Buffer.from(hkdfSync('sha256', masterKey, '', `keyfold/${purpose}`, 32));
  const macKeys = new Map<MacPurpose, Buffer>();
  const wrappingKey = derive('wrap');
  const macKey = (purpose: MacPurpose): Buffer => {
    const known = macKeys.get(purpose) ?? derive(`mac/${purpose}`);
    macKeys.set(purpose, known);
    return known;
  };
  return {
    mac: (purpose, text) => createHmac('sha256', macKey(purpose)).update(text).digest('hex'),
    wrap: (key, context) => encrypt(wrappingKey, key, context),
    unwrap: (wrapped, context) => decrypt(wrappingKey, wrapped, context),
  };
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** `base64(nonce | tag | ciphertext)`, AES-256-GCM with `context` as additional data. */
export function encrypt(key: Buffer, plaintext: Buffer, context: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context));
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), ciphertext]).toString('base64');
}

/** Throws where key, context or text is not the one that was encrypted. */
export function decrypt(key: Buffer, encrypted: string, context: string): Buffer {
  const bytes = Buffer.from(encrypted, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  })
    .setAAD(Buffer.from(context))
    .setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
}
