import { setImmediate as nextTurn } from 'node:timers/promises';

/** Does it settle within a few turns of the event loop, however long they take? */
export async function settlesAtOnce(promise: Promise<unknown>): Promise<boolean> {
  let isSettled = false;
  const settle = () => {
    isSettled = true;
  };
  promise.then(settle, settle);
  for (let turn = 0; turn < 10 && !isSettled; turn += 1) await nextTurn();
  return isSettled;
}
