import { getLocation, GraphQLError, Kind, TokenKind, type Token } from 'graphql';

/**
 * Is this about the document or its variables, and not about what became of a field? Such errors come from graphql
 * itself, before execution or while it reads the arguments of a field.
 */
export function isRequestError({ path, nodes, originalError }: GraphQLError): boolean {
  if (path === undefined) return originalError === undefined || nodes !== undefined;
  return originalError instanceof GraphQLError && originalError.message.startsWith('Argument "');
}

interface Wording {
  readonly message: string;
  /** How such a value is written. Null: as anybody would. */
  readonly hint: string | null;
}

/** What graphql says about a request, without the values that it quotes: one of them may be a secret. */
export function withoutValues(error: GraphQLError): Wording {
  const { message, originalError } = error;
  const [node] = error.nodes ?? [];
  if (message.startsWith('Syntax Error: ')) return { message: syntaxError(error), hint: null };
  if (node?.kind === Kind.VARIABLE_DEFINITION && originalError !== undefined) {
    const reason = expectation(originalError.message);
    const place = `Variable "$${node.variable.name.value}"${placeIn(error)}`;
    return { ...reason, message: `${place}: ${reason.message}` };
  }
  if (node === undefined || !QUOTED.has(node.kind)) return { message, hint: null };
  const reason = expectation(message);
  const name = reason.message === message ? null : nameAhead(node.loc?.startToken.prev ?? null);
  return name === null ? reason : { ...reason, message: `"${name}": ${reason.message}` };
}

const WRITTEN: ReadonlyMap<string, string> = new Map([
  ['Duration', 'Write days and shorter times as ISO 8601 has it: P30D, PT90M.'],
  ['DateTime', 'Write it as RFC 3339 has it: 2026-01-31T12:00:00Z.'],
]);

/** The name of the argument or input field that a value is of, also within lists, from the token ahead of the value. */
function nameAhead(token: Token | null): string | null {
  let depth = 0;
  for (let it = token; it !== null; it = it.prev) {
    if (CLOSING.has(it.kind)) depth += 1;
    else if (OPENING.has(it.kind)) depth = Math.max(0, depth - 1);
    else if (it.kind === TokenKind.COLON && depth === 0) return it.prev?.value ?? null;
  }
  return null;
}

const OPENING: ReadonlySet<TokenKind> = new Set([TokenKind.BRACKET_L, TokenKind.BRACE_L]);
const CLOSING: ReadonlySet<TokenKind> = new Set([TokenKind.BRACKET_R, TokenKind.BRACE_R]);

/** The kinds of nodes that an error about a literal points at. */
const QUOTED: ReadonlySet<Kind> = new Set([
  Kind.STRING,
  Kind.INT,
  Kind.FLOAT,
  Kind.BOOLEAN,
  Kind.NULL,
  Kind.ENUM,
  Kind.LIST,
  Kind.OBJECT,
  Kind.VARIABLE,
]);

/** Sentences of graphql that hold names and types alone. */
const NAMES_ONLY = [
  /^Field "[\w.]+" of required type "[^"]+" was not provided\./,
  /^Field "\w+" is not defined by type "\w+"\./,
  /^Argument "\w+" of (?:required|non-null) type "[^"]+" /,
];

/** Sentences that name the expected type, and then quote a value. */
const EXPECTED_TYPE = [
  /^Expected (?:non-nullable |value of )?type "([^"]+)"/,
  /^Enum "(\w+)" cannot represent /,
  /^(\w+) cannot represent /,
  /^Value "[^]*" does not exist in "(\w+)" enum\./,
  /^Value is not a valid ISO (Duration): /,
];

function expectation(message: string): Wording {
  if (NAMES_ONLY.some((form) => form.test(message))) return { message, hint: null };
  const type = EXPECTED_TYPE.map((form) => form.exec(message)?.[1]).find((name) => name !== undefined);
  if (type === undefined) return { message: 'This value is not of the expected type.', hint: null };
  const hint = WRITTEN.get(type.replace('!', '')) ?? null;
  return { message: `Expected a value of type "${type}".`, hint };
}

/** Where in the variable: graphql writes it behind the value, ahead of the reason. */
function placeIn({ message, originalError }: GraphQLError): string {
  const ahead = message.slice(0, -`; ${originalError?.message}`.length);
  return / at "[\w.[\]]+"$/.exec(ahead)?.[0] ?? '';
}

function syntaxError({ message, source, positions }: GraphQLError): string {
  if (/^Syntax Error: Document contains more that \d+ tokens\. /.test(message)) return message;
  const [position] = positions ?? [];
  if (source === undefined || position === undefined) return 'Syntax error.';
  const { line, column } = getLocation(source, position);
  return `Syntax error at line ${line}, column ${column}.`;
}
