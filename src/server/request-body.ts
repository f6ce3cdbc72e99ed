import type { IncomingMessage } from 'node:http';
import { Refusal } from './refusal.ts';

export const MAX_BODY_BYTES = 1_000_000;

const JSON_IN_UTF8 = /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i;

/**
 * The body's JSON, as it stands. Rejects with a Refusal: 415 for anything that is not said to be JSON, 413 past the
 * limit, 400 for what is no JSON. Past the limit the rest is read and dropped, so that the client sees its answer.
 */
export async function readJsonBody(request: IncomingMessage): Promise<unknown> {
  if (!JSON_IN_UTF8.test(request.headers['content-type'] ?? '')) {
    throw new Refusal(415, 'BAD_USER_INPUT', 'Send the body as application/json in UTF-8.');
  }
  if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES) throw tooLarge();
  const body = await readWithinLimit(request);
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new Refusal(400, 'BAD_USER_INPUT', 'The body is no valid JSON.');
  }
}

function readWithinLimit(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= MAX_BODY_BYTES) chunks.push(chunk);
      else reject(tooLarge());
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', () => reject(new Refusal(400, 'BAD_USER_INPUT', 'The body is not complete.')));
  });
}

function tooLarge(): Refusal {
  return new Refusal(
    413,
    'BAD_USER_INPUT',
    `The body is over ${MAX_BODY_BYTES} bytes, the most there may be.`,
  );
}
