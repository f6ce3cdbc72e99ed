import { pino } from 'pino';
import type { Log } from '../domain/log.ts';

/** No field of these names is ever meant for the log; should one come all the same, its value does not. */
const NEVER = ['authorization', 'clientSecret', 'password', 'token', 'value', 'variables'];

/** One JSON object a line, on standard error: standard output is for people. */
export function openLog(): Log {
  const paths = NEVER.flatMap((name) => [name, `*.${name}`]);
  return pino(
    { base: null, redact: { paths, censor: '[secret]' } },
    pino.destination({ fd: 2, sync: false }),
  );
}
