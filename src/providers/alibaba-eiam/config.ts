import { z } from 'zod';
import { credential, origin } from '../../provider-kit/option-fields.ts';

/** vendor facts, section 1 */
const CHINA = ['cn-hangzhou', 'cn-beijing', 'cn-hongkong'] as const;
const ELSEWHERE = ['ap-southeast-1', 'ap-southeast-5', 'ap-northeast-2', 'eu-central-1'] as const;
const VISIBLE = /^[!-~]+$/;
const INVISIBLE = 'must hold letters, digits and signs alone';

/** One region of EIAM, which sees its own instances only, and an access key of Alibaba Cloud. */
export const alibabaEiamOptions = z
  .strictObject({
    kind: z.literal('alibaba-eiam'),
    region: z.enum([...CHINA, ...ELSEWHERE]).optional(),
    /** In the place of `region`, as from within a VPC. */
    url: origin('https://eiam-cn.vpc-proxy.aliyuncs.com').optional(),
    accessKeyId: z.string().trim().regex(VISIBLE, INVISIBLE),
    accessKeySecret: credential,
    /** Of a key from STS, which ends with it. */
    securityToken: credential.refine((token) => VISIBLE.test(token.reveal()), INVISIBLE).optional(),
  })
  .refine(({ region, url }) => (region === undefined) !== (url === undefined), {
    path: ['region'],
    error: 'is needed, or url in its place; never both',
    // Whatever else is wrong.
    when: ({ value }) => typeof value === 'object' && value !== null,
  });

export type AlibabaEiamOptions = z.output<typeof alibabaEiamOptions>;
