import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { SECOND } from '../../src/domain/duration.ts';
import { openWordOfWrites } from '../../src/service/word-of-writes.ts';
import type { Channel, Listener } from '../../src/store/channel.ts';
import { recordingLog, type LogLine } from '../gateway.ts';

/** A replica on a channel that is in the test's hands. */
async function open(send: (text: string) => Promise<void> = async () => {}) {
  const lines: LogLine[] = [];
  const sent: string[] = [];
  let listener: Listener | null = null;
  const channel: Channel = {
    async listen(given) {
      listener = given;
    },
    async send(text) {
      sent.push(text);
      await send(text);
    },
  };
  const word = await openWordOfWrites(channel, recordingLog(lines));
  const learnt: (readonly [string | null, string | null])[] = [];
  word.onWrite((provider, tenant) => learnt.push([provider, tenant]));
  if (listener === null) throw new Error('nobody listens');
  return { word, learnt, sent, lines, listener: listener as Listener };
}

describe('word of writes', () => {
  test('a replica learns of its own write before it tells the others, and not from its own word', async () => {
    const { word, learnt, sent, listener } = await open(async (text) => {
      expect(learnt).toEqual([['acme', 't']]);
      listener.onText(text);
    });
    await word.tell('acme', 't');
    expect([sent.length, learnt]).toEqual([1, [['acme', 't']]]);
  });

  test('it says where, and nothing else', async () => {
    const { word, sent } = await open();
    await word.tell('acme', 't');
    await word.tell('acme', null);
    expect(sent.map((text): unknown => JSON.parse(text))).toEqual([
      [expect.stringMatching(/^[\da-f-]{36}$/), 'acme', 't'],
      [expect.stringMatching(/^[\da-f-]{36}$/), 'acme'],
    ]);
  });

  test('others learn of it', async () => {
    const { learnt, listener } = await open();
    const other = await open(async (text) => listener.onText(text));
    await other.word.tell('acme', 't');
    await other.word.tell('acme', null);
    expect(learnt).toEqual([
      ['acme', 't'],
      ['acme', null],
    ]);
  });

  test('a tenant whose id is too long for a notice is told as any', async () => {
    const { learnt, listener } = await open();
    const other = await open(async (text) => {
      expect(Buffer.byteLength(text)).toBeLessThan(8000);
      listener.onText(text);
    });
    await other.word.tell('acme', '中'.repeat(3000));
    expect(learnt).toEqual([['acme', null]]);
  });

  test('what cannot be read may be of any write', async () => {
    const { learnt, listener } = await open();
    const texts = ['', '{}', '[1]', '[]'];
    for (const text of texts) listener.onText(text);
    expect(learnt).toEqual(texts.map(() => [null, null]));
  });

  test('as long as it does not listen it knows of nothing, and then anything may have been written', async () => {
    const { word, learnt, listener } = await open();
    expect(word.heard).toBeNull();
    listener.onListening();
    expect([word.heard, learnt]).toEqual([1, [[null, null]]]);
    listener.onLost();
    await word.tell('acme', 't');
    expect(word.heard).toBeNull();
    listener.onListening();
    expect(word.heard).toBe(3);
  });

  test('a write stands though the others cannot be told; the log says so', async () => {
    const { word, learnt, lines } = await open(() => Promise.reject(new Error('no database')));
    await word.tell('acme', 't');
    expect(learnt).toEqual([['acme', 't']]);
    expect(lines).toMatchObject([{ level: 'warn' }]);
    expect(lines[0]?.fields).toEqual({ provider: 'acme', code: 'Error' });
  });

  test('a write waits a second for its word and no longer, though the database is silent; the log says so', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const { word, lines } = await open(() => new Promise(() => {}));
    let isTold = false;
    void word.tell('acme', 't').then(() => (isTold = true));
    await vi.advanceTimersByTimeAsync(SECOND - 1);
    expect([isTold, lines]).toEqual([false, []]);
    await vi.advanceTimersByTimeAsync(1);
    expect(isTold).toBe(true);
    expect(lines).toMatchObject([{ level: 'warn', fields: { provider: 'acme' } }]);
  });

  test('one process has nobody to tell, and hears of all', async () => {
    const word = await openWordOfWrites(null, recordingLog([]));
    expect(word.heard).toBe(0);
    await word.tell('acme', 't');
    expect(word.heard).toBe(1);
  });
});
