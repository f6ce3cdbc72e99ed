import type { ProviderError, ProviderErrorCode, ProviderErrorDetails } from './provider-error.ts';
import { refusal } from './refusal.ts';
import { refusalMessage } from './refusal-message.ts';
import type { UpstreamReply, UpstreamRequest } from './upstream.ts';

/** What to do about a refusal, by its code. */
export type Hints = Readonly<Partial<Record<ProviderErrorCode, string>>>;

/** `paths`: of `invalid_input`, where what the vendor names stands in the operation's input. */
type Details = Omit<ProviderErrorDetails, 'cause' | 'fields'> & {
  readonly paths?: readonly (readonly string[])[];
};

/** `refusal` in the words of `refusalMessage`. An `invalid_input` that names nothing is one of the input as a whole. */
export function vendorRefusal(
  { vendor, hints }: { readonly vendor: string; readonly hints: Hints },
  code: ProviderErrorCode,
  reply: UpstreamReply,
  request: UpstreamRequest,
  { paths = [], ...details }: Details = {},
): ProviderError {
  const message = refusalMessage(code, vendor);
  const named = paths.length === 0 ? [[]] : paths;
  const fields = code === 'invalid_input' ? named.map((path) => ({ path, message })) : [];
  return refusal(code, message, reply, request, { hint: hints[code] ?? null, fields, ...details });
}
