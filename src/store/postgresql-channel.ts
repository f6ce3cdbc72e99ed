import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import type { Channel } from './channel.ts';
import type { Database } from './database.ts';

const NAME = 'keyfold_writes';
/** How often the connection that listens is tried. What it does not answer until the next time, it never will. */
const BEAT_MS = 1000;

/**
 * By NOTIFY, over whatever connection is free, and LISTEN, over one of its own. postgres.js 3.4.9 has `listen`, which
 * takes a lost connection up again and does not say that it was lost; so this listens for itself. Each new try comes
 * later than the one before, at most 20 seconds. A connection that has died in silence, as when a firewall drops it, is
 * given up after two beats.
 */
export function openChannel(
  db: Database,
  connect: (options: postgres.Options<Record<string, never>>) => postgres.Sql,
  beatMs: number = BEAT_MS,
): Channel & { close(): Promise<void> } {
  let client: postgres.Sql | null = null;
  let beats: NodeJS.Timeout | undefined;
  return {
    async listen(listener) {
      let [isListening, isAnswerDue] = [false, false];
      const begin = async (own: postgres.Sql) => {
        try {
          await own.unsafe(`listen ${NAME}`);
        } catch {
          // Its connection closes, and then it is tried again.
          return;
        }
        if (client !== own) return;
        [isListening, isAnswerDue] = [true, false];
        listener.onListening();
      };
      const lose = () => {
        isListening = false;
        listener.onLost();
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
      const beat = async () => {
        if (client === null || !isListening) return;
        const own = client;
        if (isAnswerDue) {
          lose();
          void open();
          return own.end({ timeout: 0 });
        }
        isAnswerDue = true;
        await own.unsafe('select 1').catch(() => undefined);
        if (client === own) isAnswerDue = false;
      };
      beats = setInterval(() => void beat(), beatMs).unref();
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
