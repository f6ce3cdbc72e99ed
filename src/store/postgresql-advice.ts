const UNREACHABLE = 'It does not answer. Start the server, or correct host and port in DATABASE_URL.';
const UNKNOWN_HOST =
  'Its host name has no address. Correct the host in DATABASE_URL, or check the name server.';
const TLS =
  'Its TLS certificate is not trusted. Name its authority in NODE_EXTRA_CA_CERTS, or correct the host in DATABASE_URL.';

/** By SQLSTATE (PostgreSQL, appendix A), or by the code of the socket. */
const ADVICE: Readonly<Record<string, string>> = {
  ECONNREFUSED: UNREACHABLE,
  ECONNRESET:
    'It ended the connection. If it speaks no TLS, take sslmode out of DATABASE_URL; else look into its log.',
  EHOSTUNREACH: UNREACHABLE,
  ENETUNREACH: UNREACHABLE,
  ETIMEDOUT: UNREACHABLE,
  ENOENT: UNREACHABLE,
  CONNECT_TIMEOUT: UNREACHABLE,
  CONNECTION_CLOSED: UNREACHABLE,
  ENOTFOUND: UNKNOWN_HOST,
  EAI_AGAIN: UNKNOWN_HOST,
  EPROTO: TLS,
  '3D000': 'There is no such database on it. Create it, or correct the name in DATABASE_URL.',
  '28P01': 'It refused the password. Correct user and password in DATABASE_URL.',
  '28000':
    'It refused the user. Correct him in DATABASE_URL, or its pg_hba.conf; it may want TLS (?sslmode=require).',
  '42501': 'The user may not create tables in it. Grant him CREATE on the database and on its schema public.',
  '53300': 'It has no connection left. Raise max_connections, or end other connections.',
  '57P03': 'It is starting up or shutting down. Try again in a moment.',
  '25006': 'It is read-only. Name the primary in DATABASE_URL, not a standby.',
  ERR_INVALID_URL: 'DATABASE_URL is not a URL. Write postgres://user:password@host:5432/database.',
};

/** What to do about each way in which a server says no. */
export function postgresqlAdvice(code: string | null): string {
  if (code !== null && /CERT|SELF_SIGNED|UNABLE_TO_|^ERR_(?:SSL|TLS)/.test(code)) return TLS;
  return ADVICE[code ?? ''] ?? 'Check DATABASE_URL and the log of the server.';
}
