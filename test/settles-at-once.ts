import { setImmediate as nextTurn } from 'node:timers/promises';

/** Does it settle within a few turns of the event loop, however long they take? */
export async function settlesAtOnce(promise: Promise<unknown>): Promise<boolean> {
  const settled = promise.then(
    () => true,
    () => true,
  );
  const turns = async () => {
    for (let turn = 0; turn < 10; turn += 1) await nextTurn();
    return false;
  };
  return Promise.race([settled, turns()]);
}
