import { beforeEach, describe, expect, test } from 'vitest';
import { createSharedAnswers, type Answer, type ShareAnswer } from '../../src/server/shared-answers.ts';

const WHOLE: Answer = { status: 200, text: '{"data":{}}', isWhole: true };
const WITH_ERRORS: Answer = { ...WHOLE, isWhole: false };

let share: ShareAnswer;
let heard: number | null;
let time: number;
let asked: { readonly signal: AbortSignal; end(answer: Answer | Error): void }[];

const ask = (signal: AbortSignal) =>
  new Promise<Answer>((resolve, reject) => {
    asked.push({ signal, end: (it) => (it instanceof Error ? reject(it) : resolve(it)) });
  });
const anybody = () => new AbortController().signal;

beforeEach(() => {
  [heard, time, asked] = [0, 0, []];
  share = createSharedAnswers({ writesHeard: () => heard, maxAgeMs: 2000, now: () => time });
});

describe('who asks the same while it is executed', () => {
  test('is given that answer', async () => {
    const answers = Array.from({ length: 32 }, () => share('key', anybody(), ask));
    expect(asked).toHaveLength(1);
    asked[0]?.end(WHOLE);
    expect(new Set(await Promise.all(answers))).toEqual(new Set([WHOLE]));
  });

  test('is given no other', async () => {
    void share('one', anybody(), ask);
    void share('another', anybody(), ask);
    expect(asked).toHaveLength(2);
  });

  test('has it executed anew once it is over: nothing is kept', async () => {
    const answer = share('key', anybody(), ask);
    asked[0]?.end(WHOLE);
    await answer;
    void share('key', anybody(), ask);
    expect(asked).toHaveLength(2);
  });

  test('has it executed anew where a write was heard of since it began, and the next ones join that', async () => {
    void share('key', anybody(), ask);
    heard = 1;
    void share('key', anybody(), ask);
    void share('key', anybody(), ask);
    expect(asked).toHaveLength(2);
  });

  test('has it executed anew once it is two seconds old', () => {
    void share('key', anybody(), ask);
    time = 1999;
    void share('key', anybody(), ask);
    expect(asked).toHaveLength(1);
    time = 2000;
    void share('key', anybody(), ask);
    expect(asked).toHaveLength(2);
  });

  test('has it executed by himself while the writes of others are not heard of', () => {
    heard = null;
    void share('key', anybody(), ask);
    void share('key', anybody(), ask);
    expect(asked).toHaveLength(2);
  });

  test('has it executed by himself where nothing may be remembered', () => {
    share = createSharedAnswers({ writesHeard: () => 0, maxAgeMs: 0, now: () => time });
    void share('key', anybody(), ask);
    void share('key', anybody(), ask);
    expect(asked).toHaveLength(2);
  });
});

describe('an answer with errors', () => {
  test('goes to who asked first; each of the others executes for himself', async () => {
    const [first, second] = [share('key', anybody(), ask), share('key', anybody(), ask)];
    asked[0]?.end(WITH_ERRORS);
    expect(await first).toBe(WITH_ERRORS);
    await expect.poll(() => asked).toHaveLength(2);
    asked[1]?.end(WHOLE);
    expect(await second).toBe(WHOLE);
  });

  test('so does a failure', async () => {
    const [first, second] = [share('key', anybody(), ask), share('key', anybody(), ask)];
    asked[0]?.end(new Error('broken'));
    await expect(first).rejects.toThrow('broken');
    await expect.poll(() => asked).toHaveLength(2);
    asked[1]?.end(WHOLE);
    expect(await second).toBe(WHOLE);
  });
});

describe('who leaves', () => {
  test('does not end it for the others, also where he asked first', async () => {
    const [first, second] = [new AbortController(), new AbortController()];
    void share('key', first.signal, ask);
    const answer = share('key', second.signal, ask);
    first.abort();
    expect(asked[0]?.signal.aborted).toBe(false);
    asked[0]?.end(WHOLE);
    expect(await answer).toBe(WHOLE);
  });

  test('ends it where he is the last, and it is not joined any more', () => {
    const [first, second] = [new AbortController(), new AbortController()];
    void share('key', first.signal, ask);
    void share('key', second.signal, ask);
    first.abort();
    second.abort();
    expect(asked[0]?.signal.aborted).toBe(true);
    void share('key', anybody(), ask);
    expect(asked).toHaveLength(2);
  });

  test('has nothing executed any more, also where what he joined ends with errors', async () => {
    const leaving = new AbortController();
    void share('key', anybody(), ask);
    const answer = share('key', leaving.signal, ask);
    leaving.abort();
    asked[0]?.end(WITH_ERRORS);
    await answer;
    expect(asked).toHaveLength(1);
  });
});
