import type { ChildProcess } from 'node:child_process';
import { z } from 'zod';

const reply = z.object({ id: z.number(), answer: z.unknown().optional(), error: z.string().optional() });
const request = z.object({ id: z.number(), question: z.unknown() });

interface Open {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Asks a process that `answer`s. */
export function asker(child: ChildProcess): (question: object) => Promise<unknown> {
  let last = 0;
  const open = new Map<number, Open>();
  child.on('message', (message) => {
    const { id, answer, error } = reply.parse(message);
    if (error === undefined) open.get(id)?.resolve(answer);
    else open.get(id)?.reject(new Error(error));
    open.delete(id);
  });
  child.once('exit', () => {
    for (const { reject } of open.values()) reject(new Error('the process that was asked has ended'));
  });
  return (question) =>
    new Promise((resolve, reject) => {
      last += 1;
      open.set(last, { resolve, reject });
      child.send({ id: last, question });
    });
}

/** Answers whoever started this process; ends with him. */
export function answer(handle: (question: unknown) => unknown): void {
  process.on('disconnect', () => process.exit());
  process.on('message', (message) => {
    const { id, question } = request.parse(message);
    const respond = async () => {
      try {
        process.send?.({ id, answer: await handle(question) });
      } catch (error) {
        process.send?.({ id, error: error instanceof Error ? (error.stack ?? error.message) : 'unknown' });
      }
    };
    void respond();
  });
}
