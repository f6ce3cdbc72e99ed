import { randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { SecretValue } from '../domain/secret-value.ts';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const RANDOM_BYTES = 32;
const RANDOM_CHARACTERS = 43;
const CHECKSUM_CHARACTERS = 6;
const PREFIX_CHARACTERS = 'kf_'.length + 8;
const FORM = new RegExp(`^kf_([0-9A-Za-z]{${RANDOM_CHARACTERS}})([0-9A-Za-z]{${CHECKSUM_CHARACTERS}})$`);

/** 256 random bits: `kf_`, 43 base-62 characters, and a CRC-32 of those in 6 more, by which scanners tell a real one. */
export function generateKey(): SecretValue {
  const random = base62(BigInt(`0x${randomBytes(RANDOM_BYTES).toString('hex')}`), RANDOM_CHARACTERS);
  return new SecretValue(`kf_${random}${checksum(random)}`);
}

/** Has the text the form of a generated key, checksum included? Says nothing about whether it was ever issued. */
export function isKey(text: string): boolean {
  const [, random, sum] = FORM.exec(text) ?? [];
  return random !== undefined && checksum(random) === sum;
}

/** The part that may be shown, and by which a key is found: 47 of its 256 bits. */
export function prefixOf(key: SecretValue): string {
  return key.reveal().slice(0, PREFIX_CHARACTERS);
}

function checksum(text: string): string {
  return base62(BigInt(crc32(text)), CHECKSUM_CHARACTERS);
}

function base62(number: bigint, length: number): string {
  let text = '';
  for (let rest = number; text.length < length; rest /= 62n)
    text = ALPHABET.charAt(Number(rest % 62n)) + text;
  return text;
}
