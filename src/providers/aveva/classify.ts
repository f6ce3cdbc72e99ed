import { z } from 'zod';
import type { ProviderErrorCode } from '../../provider-kit/provider-error.ts';
import { codeOfStatus } from '../../provider-kit/refusal.ts';
import { requestId } from '../../provider-kit/reply-fields.ts';
import type { UpstreamOptions, UpstreamRequest } from '../../provider-kit/upstream.ts';
import { vendorRefusal } from '../../provider-kit/vendor-refusal.ts';
import type { Dialect } from './config.ts';

export const DISCOVERY_PATH = '/identity/.well-known/openid-configuration';

/** Stands in every error of the vendor's own (vendor facts, section 6). */
const errorBody = z.object({ OperationId: z.string() });
const operationId = requestId(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i);

/** What a reply means when it is no success. Nothing of the vendor's own text gets into it. */
export function classifierOf(dialect: Dialect): UpstreamOptions['classify'] {
  return (reply, request) => {
    const { status, headers, json } = reply;
    // A region that takes no changes is left to who knows the others.
    if (status < 400 || status === 405) return null;
    const told = errorBody.safeParse(json).data?.OperationId;
    // On the page of v1-preview errors have no body.
    const isBare = dialect === 'v1-preview' && headers['content-type']?.startsWith('text/') !== true;
    const code = codeOf(status, request, told !== undefined || isBare);
    const details = { vendorRequestId: operationId.parse(told ?? headers['operation-id']) };
    return vendorRefusal(WORDS, code, reply, request, details);
  };
}

/** `isOurs`: did the vendor answer, and not whatever stands at a wrong address? */
function codeOf(status: number, request: UpstreamRequest, isOurs: boolean): ProviderErrorCode {
  const { method, path, form } = request;
  const code = codeOfStatus(status) ?? 'rejected';
  if (status === 429 || status >= 500) return code;
  if (path === DISCOVERY_PATH || (form && status === 404)) return 'malformed';
  if (form) return 'unauthenticated';
  if (status === 404 && !isOurs) return 'unsupported';
  return status === 400 && method !== 'GET' ? 'invalid_input' : code;
}

const WORDS = {
  vendor: 'AVEVA',
  hints: {
    malformed: 'Check the url.',
    unsupported: 'Check the url and the dialect.',
    unauthenticated:
      'Check clientId and clientSecret of the tenant: its client may be disabled, its secret expired or deleted.',
    forbidden: 'Check the id of the tenant; writing takes the role Tenant Administrator.',
    invalid_input: 'A rule of AVEVA forbids it; a tenant has at most 50000 clients.',
    conflict: 'Something with this id is there already, or is being changed.',
  },
};
