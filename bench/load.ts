import { join } from 'node:path';
import { asker } from './channel.ts';
import { loadAnswer, type LoadAnswer, type LoadQuestion } from './load/questions.ts';
import { start } from './processes.ts';

/** The process that asks. */
export interface Load {
  run(question: LoadQuestion): Promise<LoadAnswer>;
  stop(): Promise<void>;
}

export async function startLoad(): Promise<Load> {
  const running = await start({
    name: 'load',
    args: ['--import', 'tsx', join(import.meta.dirname, 'load/main.ts')],
    cwd: join(import.meta.dirname, '..'),
    place: 'beside',
    ready: /^ready: (\w+)$/m,
    hasChannel: true,
  });
  const ask = asker(running.child);
  return {
    run: (question) => ask(question).then((answer) => loadAnswer.parse(answer)),
    stop: () => running.stop(),
  };
}
