import { describe, expect, test } from 'vitest';
import { replies } from '../../../src/providers/alibaba-eiam/api.ts';
import { exchanges } from '../../../src/providers/alibaba-eiam/exchanges.ts';
import { openAlibabaEiam, signedHeaders } from './open-alibaba-eiam.ts';

describe.each(exchanges)('the published $action', ({ action, parameters, reply }) => {
  test('is read as it stands', () => {
    const { ApplicationClientSecret: shown } = replies[action].parse(reply);
    expect({ ...shown, ClientSecret: shown.ClientSecret.reveal() }).toEqual({
      ClientId: 'app_mkv7rgt4d7i4u7zqtzev2mxxxx',
      SecretId: ' sci_k52x2ru63rlkflina5utgkxxxx',
      ClientSecret: 'CSEHDcHcrUKHw1CuxkJEHPveWRXBGqVqRsxxxx',
    });
  });

  test('is what the simulator answers: the same fields, of the same types', async () => {
    const it = await openAlibabaEiam();
    const of = it.seedClient();
    const { LastUsedTime, ExpirationTime, ClientSecret } = reply.ApplicationClientSecret;
    const { id } = it.seedSecret(of, {
      value: String(ClientSecret),
      lastUsedAt: new Date(Number(LastUsedTime)),
      expiresAt: new Date(Number(ExpirationTime)),
    });
    const given = { InstanceId: id.tenant, ApplicationId: id.client, SecretId: id.secret };
    expect(Object.keys(given)).toEqual(Object.keys(parameters));
    const query = `ApplicationId=${id.client}&InstanceId=${id.tenant}&SecretId=${id.secret}`;
    const { host: _, ...headers } = signedHeaders(it, action, query);
    const response = await fetch(`${it.simulator.origin}/?${query}`, { method: 'POST', headers });
    expect(await response.json()).toEqual({
      RequestId: expect.stringMatching(/^[\dA-F]{8}(-[\dA-F]{4}){3}-[\dA-F]{12}$/),
      ApplicationClientSecret: {
        ...reply.ApplicationClientSecret,
        ...given,
        ClientId: id.client,
      },
    });
    expect(reply.RequestId).toMatch(/^[\dA-F]{8}(-[\dA-F]{4}){3}-[\dA-F]{12}$/);
  });
});

/** Of the vendor facts, section 4.2 and 4.3: their forms, in the vendor's words. */
test('the other documented replies are read', () => {
  const secrets = replies.ListApplicationClientSecrets.parse({
    RequestId: '5B2E0F3C-1111-5222-8333-0A1B2C3D4E5F',
    TotalCount: 2,
    ApplicationClientSecrets: [
      {
        InstanceId: 'idaas_example000001',
        ApplicationId: 'app_example000001',
        ClientId: 'app_example000001',
        SecretId: 'sci_example000001',
        ClientSecret: 'CSab**************************************yz',
        Status: 'enabled',
        LastUsedTime: 1767300000000,
        ExpirationTime: 1798800000000,
      },
      {
        SecretId: 'sci_example000002',
        ClientSecret: 'CScd**************************************wx',
        Status: 'disabled',
      },
    ],
  });
  expect(secrets.items).toEqual([
    {
      SecretId: 'sci_example000001',
      ClientSecret: 'CSab…yz',
      Status: 'enabled',
      LastUsedTime: new Date(1767300000000),
      ExpirationTime: new Date(1798800000000),
    },
    {
      SecretId: 'sci_example000002',
      ClientSecret: 'CScd…wx',
      Status: 'disabled',
      LastUsedTime: null,
      ExpirationTime: null,
    },
  ]);
  const made = { ClientId: 'app_1', SecretId: 'sci_1', ClientSecret: 'CSexampleexampleexample' };
  expect(
    replies.CreateApplicationClientSecret.parse({ RequestId: '5B2E', ApplicationClientSecret: made }),
  ).toMatchObject({ ApplicationClientSecret: { SecretId: 'sci_1' } });
});
