import { z } from 'zod';
import { SecretValue } from '../domain/secret-value.ts';

/** An address of a vendor: scheme, host and port. */
export function origin(example: string) {
  return z.string().transform((text, context) => {
    const parsed = parseOrigin(text);
    if (parsed === null)
      context.addIssue(`must be an http or https address without path, query or credentials: ${example}`);
    return parsed ?? z.NEVER;
  });
}

/** What the gateway proves itself with. */
export const credential = z
  .string()
  .trim()
  .min(1)
  .transform((text) => new SecretValue(text));

function parseOrigin(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const { origin: parsed, href, protocol } = new URL(text);
  return /^https?:$/.test(protocol) && href === `${parsed}/` ? parsed : null;
}
