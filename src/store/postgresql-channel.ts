import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import type { Channel } from './channel.ts';
import type { Database } from './database.ts';

const NAME = 'keyfold_writes';

/**
 * By NOTIFY, over whatever connection is free, and LISTEN, over one of its own. postgres.js 3.4.9 has `listen`, which
 * takes a lost connection up again and does not say that it was lost; so this listens for itself. Each new try comes
 * later than the one before, at most 20 seconds.
 */
export function openChannel(
  db: Database,
  connect: (options: postgres.Options<Record<string, never>>) => postgres.Sql,
): Channel & { close(): Promise<void> } {
  let client: postgres.Sql | null = null;
  let isClosed = false;
  return {
    async listen(listener) {
      const begin = async () => {
        try {
          await client?.unsafe(`listen ${NAME}`);
          listener.onListening();
        } catch {
          // Its connection closes, and then it is tried again.
        }
      };
      const options = {
        max: 1,
        // It is to stay.
        idle_timeout: 0,
        max_lifetime: null,
        fetch_types: false,
        onnotify: (_name: string, text: string) => listener.onText(text),
        onclose: () => {
          if (isClosed) return;
          listener.onLost();
          void begin();
        },
      };
      client = connect(options);
      await begin();
    },
    async send(text) {
      await db.execute(sql`select pg_notify(${NAME}, ${text})`);
    },
    async close() {
      isClosed = true;
      await client?.end({ timeout: 0 });
    },
  };
}
