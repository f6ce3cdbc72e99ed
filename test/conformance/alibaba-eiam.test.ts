import { DAY } from '../../src/domain/duration.ts';
import type { ReceivedRequest } from '../../src/provider-kit/received-request.ts';
import { alibabaEiam } from '../../src/providers/alibaba-eiam/provider.ts';
import { startAlibabaEiam } from './alibaba-eiam-setting.ts';
import { describeConformance } from './conformance.ts';
import { createsSecret } from './creates-secret.ts';
import { CANARY } from './harness.ts';

const asks =
  (action: string) =>
  ({ path, headers }: ReceivedRequest) =>
    path === '/' && headers['x-acs-action'] === action;
const body = (Code: string) => ({ RequestId: '5B2E0F3C-1111', HostId: CANARY, Code, Message: CANARY });
const WRONG = { kind: 'alibaba-eiam', url: `http://a:${CANARY}@b`, accessKeyId: `${CANARY} 中` };

describeConformance({
  name: 'alibaba-eiam',
  definition: alibabaEiam,
  traits: {
    maxActiveSecrets: 2,
    minActiveSecrets: 1,
    secretLifetime: { minMs: DAY, maxMs: 1095 * DAY, clearable: false },
    retrieval: 'ANY_TIME',
    revocationDelayMs: 0,
    replacement: null,
    describesSecrets: false,
  },
  absent: [
    ...(['createTenant', 'updateTenant', 'deleteTenant'] as const),
    ...(['createIdentity', 'updateIdentity', 'deleteIdentity'] as const),
    ...(['replaceSecret', 'verifySecret'] as const),
  ],
  misconfigured: [
    [{ kind: 'alibaba-eiam' }, ['region', 'accessKeyId', 'accessKeySecret']],
    [{ ...WRONG, accessKeySecret: '' }, ['url', 'accessKeyId', 'accessKeySecret']],
    [
      { kind: 'alibaba-eiam', region: CANARY, accessKeyId: '', securityToken: `${CANARY}\n${CANARY}` },
      ['region', 'accessKeyId', 'accessKeySecret', 'securityToken'],
    ],
    [
      { ...WRONG, region: 'eu-central-1', more: CANARY },
      ['region', 'url', 'accessKeyId', 'accessKeySecret', 'more'],
    ],
  ],
  changes: {
    client: { name: 'renamed', description: 'of billing', enabled: false },
    secret: { expiresAt: new Date('2027-11-21T12:00:00.000Z') },
  },
  clientsBelongTo: 'tenant',
  replacementBy: null,
  vendor: {
    isRead: asks('ListApplicationClientSecrets'),
    write: createsSecret(asks('CreateApplicationClientSecret')),
    isLogin: null,
    // The status is 400, and the header counts milliseconds (vendor facts, section 5).
    throttlings: [
      {
        status: 400,
        headers: { 'x-acs-retry-after': '60000' },
        body: body('Throttling.User'),
        retryAfterMs: 60_000,
      },
      {
        status: 400,
        headers: { 'x-acs-retry-after': '600000' },
        body: body('Throttling'),
        retryAfterMs: 120_000,
      },
      { status: 400, body: body('Throttling.Api'), retryAfterMs: null },
      { status: 503, body: body('Rejected.Throttling'), retryAfterMs: null },
    ],
    refusals: [
      { status: 404, body: body('ResourceNotFound.Application'), read: null, write: 'not_found' },
      { status: 400, body: body('ResourceNotFound.Instance'), read: null, write: 'not_found' },
      { status: 404, body: body('EntityNotExist.Shape'), read: 'rejected', write: 'rejected' },
      { status: 404, body: {}, read: 'malformed', write: 'malformed' },
      { status: 400, body: body('LimitExceeded.Secret'), read: 'limit_reached', write: 'limit_reached' },
      { status: 400, body: body('SignatureDoesNotMatch'), read: 'unauthenticated', write: 'unauthenticated' },
      {
        status: 400,
        body: body('InvalidTimeStamp.Expired'),
        read: 'unauthenticated',
        write: 'unauthenticated',
      },
      {
        status: 404,
        body: body('InvalidAccessKeyId.NotFound'),
        read: 'unauthenticated',
        write: 'unauthenticated',
      },
      {
        status: 400,
        body: body('InvalidSecurityToken.Expired'),
        read: 'unauthenticated',
        write: 'unauthenticated',
      },
      { status: 403, body: body('NoPermission'), read: 'forbidden', write: 'forbidden' },
      { status: 403, body: body('Forbidden.RAM'), read: 'forbidden', write: 'forbidden' },
      { status: 404, body: body('InvalidApi.NotFound'), read: 'unsupported', write: 'unsupported' },
      { status: 400, body: body('InvalidExpirationTime'), read: 'invalid_input', write: 'invalid_input' },
      { status: 400, body: body('MissingParameter'), read: 'invalid_input', write: 'invalid_input' },
      { status: 400, body: body('OperationDenied'), read: 'rejected', write: 'rejected' },
    ],
  },
  start: startAlibabaEiam,
});
