import postgres from 'postgres';
import { startPostgresql } from '../test/postgresql-server.ts';

/** A server with the settings that PostgreSQL has by default, where they touch what a commit promises and costs. */
export interface DatabaseServer {
  /** `18.4` */
  readonly version: string;
  /** A new and empty database; its address. */
  create(name: string): Promise<string>;
  stop(): Promise<void>;
}

export async function startDatabases(): Promise<DatabaseServer> {
  const server = await startPostgresql({ shared_buffers: '128MB' });
  const admin = postgres(`${server.url}/postgres`, { max: 1, onnotice: () => {} });
  const [row] = await admin<{ server_version: string }[]>`show server_version`;
  return {
    version: row?.server_version ?? '',
    async create(name) {
      await admin`create database ${admin(name)}`;
      return `${server.url}/${name}`;
    },
    async stop() {
      await admin.end();
      await server.stop();
    },
  };
}
