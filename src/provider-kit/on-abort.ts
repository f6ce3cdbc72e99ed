const leaving = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Runs `leave` when the signal aborts, at once where it has; what it answers takes that back. However many wait under
 * one signal, it has one listener: its own list is slow to leave, and Node takes more than ten for a leak.
 */
export function onAbort(signal: AbortSignal, leave: () => void): () => void {
  if (signal.aborted) {
    leave();
    return () => {};
  }
  const known = leaving.get(signal) ?? listen(signal);
  // Its own, so that the same function may wait twice.
  const entry = () => leave();
  known.add(entry);
  return () => void known.delete(entry);
}

function listen(signal: AbortSignal): Set<() => void> {
  const all = new Set<() => void>();
  leaving.set(signal, all);
  const leaveAll = () => {
    for (const leave of all) leave();
    all.clear();
  };
  signal.addEventListener('abort', leaveAll, { once: true });
  return all;
}
