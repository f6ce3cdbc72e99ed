// Opens the embedded database in the folder named first, leaves a row in it, says so, and stays.
import { openDatabase } from '../../src/store/open-database.ts';
import { settings } from '../../src/store/tables/gateway.ts';

const [directory = ''] = process.argv.slice(2);
const { db } = await openDatabase({ kind: 'pglite', directory });
await db.insert(settings).values({ name: 'answered', value: 'before the end' });
process.stdout.write('ready\n');
setInterval(() => {}, 60_000);
