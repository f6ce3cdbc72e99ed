import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import type { Channel } from './channel.ts';
import type { Database } from './database.ts';

const NAME = 'keyfold_writes';

/** How often the connection that listens is tried. What it does not answer until the next time, it never will. */
export interface Beat {
  readonly ms: number;
  /** After so many a connection is given up that does not come to listen: more than the longest wait before a try. */
  readonly toBegin: number;
}
const BEAT: Beat = { ms: 1000, toBegin: 30 };

/**
 * By NOTIFY, over whatever connection is free, and LISTEN, over one of its own. postgres.js 3.4.9 has `listen`, which
 * takes a lost connection up again and does not say that it was lost; so this listens for itself. Each new try comes
 * later than the one before, at most 20 seconds. A connection that has died in silence, as when a firewall drops it, is
 * given up after two beats; one that is taken and then never answers, a little later.
 */
export function openChannel(
  db: Database,
  connect: (options: postgres.Options<Record<string, never>>) => postgres.Sql,
  beat: Beat = BEAT,
): Channel & { close(): Promise<void> } {
  let client: postgres.Sql | null = null;
  let beats: NodeJS.Timeout | undefined;
  return {
    async listen(listener) {
      let [isListening, unanswered] = [false, 0];
      const begin = async (own: postgres.Sql) => {
        unanswered = 0;
        try {
          await own.unsafe(`listen ${NAME}`);
        } catch {
          // Its connection closes, and then it is tried again.
          return;
        }
        if (client !== own) return;
        [isListening, unanswered] = [true, 0];
        listener.onListening();
      };
      const lose = () => {
        if (isListening) listener.onLost();
        isListening = false;
      };
      const open = () => {
        const options = {
          max: 1,
          // It is to stay.
          idle_timeout: 0,
          max_lifetime: null,
          fetch_types: false,
          onnotify: (_name: string, text: string) => listener.onText(text),
          onclose: () => {
            if (client !== own) return;
            lose();
            void begin(own);
          },
        };
        const own = connect(options);
        client = own;
        return begin(own);
      };
      const check = async () => {
        const own = client;
        if (own === null) return;
        if (unanswered >= (isListening ? 1 : beat.toBegin)) {
          lose();
          void open();
          return own.end({ timeout: 0 });
        }
        unanswered += 1;
        if (!isListening) return;
        await own.unsafe('select 1').catch(() => undefined);
        if (client === own) unanswered = 0;
      };
      beats = setInterval(() => void check(), beat.ms).unref();
      await open();
    },
    async send(text) {
      await db.execute(sql`select pg_notify(${NAME}, ${text})`);
    },
    async close() {
      clearInterval(beats);
      const last = client;
      client = null;
      await last?.end({ timeout: 0 });
    },
  };
}
