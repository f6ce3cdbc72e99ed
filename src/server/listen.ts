import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The address cannot be had. The message says what to do. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
}

/** Resolves to the origin at which this machine reaches the server. */
export function listen(server: Server, { host, port }: { host: string; port: number }): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        new ListenError(reasons(host, port)[error.code ?? ''] ?? `Cannot listen on ${host}, port ${port}.`),
      );
    });
    server.listen({ host, port }, () => resolve(originOf(server.address())));
  });
}

function reasons(host: string, port: number): Readonly<Record<string, string>> {
  return {
    EADDRINUSE: `Port ${port} is in use by another process. End that one, or choose another port with PORT.`,
    EACCES: `Port ${port} may not be used by this user. Choose one above 1023 with PORT.`,
    EADDRNOTAVAIL: `This machine has no address ${host}. Choose another with HOST.`,
    ENOTFOUND: `This machine has no address ${host}. Choose another with HOST.`,
  };
}

function originOf(address: AddressInfo | string | null): string {
  if (address === null || typeof address === 'string') throw new Error('the server listens on no port');
  const everywhere: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '[::1]' };
  const host =
    everywhere[address.address] ?? (address.family === 'IPv6' ? `[${address.address}]` : address.address);
  return `http://${host}:${address.port}`;
}
