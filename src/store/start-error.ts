/** Why the gateway cannot start. The message is for the operator, says what to do, and holds no credential. */
export class StartError extends Error {
  override readonly name = 'StartError';
}
