/** A request and its reply, as the vendor publishes them. */
export interface PublishedExchange {
  readonly source: string;
  readonly read: string;
  readonly action: 'ObtainApplicationClientSecret';
  /** With the example of each parameter, all of them required. They are not those of the reply. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly reply: {
    readonly RequestId: string;
    readonly ApplicationClientSecret: Readonly<Record<string, string | number>>;
  };
}

/** Only this page was kept as it stands. The blank before `sci_` is the vendor's. */
export const exchanges: readonly PublishedExchange[] = [
  {
    source:
      'https://www.alibabacloud.com/help/en/idaas/eiam/developer-reference/api-eiam-2021-12-01-obtainapplicationclientsecret',
    read: '2026-11-21',
    action: 'ObtainApplicationClientSecret',
    parameters: {
      InstanceId: 'eiam-111ccc1111',
      ApplicationId: 'app_11111',
      SecretId: 'sct_11111',
    },
    reply: {
      RequestId: '0441BD79-92F3-53AA-8657-F8CE4A2B912A',
      ApplicationClientSecret: {
        InstanceId: 'idaas_ue2jvisn35ea5lmthk267xxxxx',
        ApplicationId: 'app_mkv7rgt4d7i4u7zqtzev2mxxxx',
        ClientId: 'app_mkv7rgt4d7i4u7zqtzev2mxxxx',
        SecretId: ' sci_k52x2ru63rlkflina5utgkxxxx',
        ClientSecret: 'CSEHDcHcrUKHw1CuxkJEHPveWRXBGqVqRsxxxx',
        Status: 'enabled',
        LastUsedTime: 1649830226000,
        ExpirationTime: 1749830226000,
      },
    },
  },
];
