import { readFileSync } from 'node:fs';

/** Linux counts in hundredths of a second, whatever its kernel was built with (proc(5), USER_HZ). */
const TICK_MS = 10;

/** Of all threads of the process so far, its own work and the kernel's for it. Null: there is no such file. */
export function cpuMsOf(pid: number): number | null {
  const text = read(`/proc/${pid}/stat`);
  if (text === null) return null;
  // The second field is the name, in brackets, and may hold anything.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

/** What the process holds in memory. Null: there is no such file. */
export function residentMiBOf(pid: number): number | null {
  const [, kib] = /^VmRSS:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/status`) ?? '') ?? [];
  return kib === undefined ? null : Number(kib) / 1024;
}

/** The most that it ever held. Null: there is no such file. */
export function peakMiBOf(pid: number): number | null {
  const [, kib] = /^VmHWM:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/status`) ?? '') ?? [];
  return kib === undefined ? null : Number(kib) / 1024;
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
