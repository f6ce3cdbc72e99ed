import { z } from 'zod';
import { credential, origin } from '../../provider-kit/option-fields.ts';

/** vendor facts, section 1 */
const REGIONS = [
  'cn-hangzhou',
  'cn-beijing',
  'cn-hongkong',
  'ap-southeast-1',
  'ap-southeast-5',
  'ap-northeast-2',
  'eu-central-1',
] as const;

const VISIBLE = /^[!-~]+$/;

/** One region of EIAM, which sees its own instances only, and an access key of Alibaba Cloud. */
export const alibabaEiamOptions = z
  .strictObject({
    kind: z.literal('alibaba-eiam'),
    /** One of `region` and `url`. */
    region: z.enum(REGIONS).optional(),
    /** Another address of the vendor, as from within a VPC. */
    url: origin('https://eiam-cn.vpc-proxy.aliyuncs.com').optional(),
    accessKeyId: z.string().trim().regex(VISIBLE, 'must be letters, digits and signs'),
    accessKeySecret: credential,
    /** Beside a key of STS, which ends with it. */
    securityToken: credential
      .refine((token) => VISIBLE.test(token.reveal()), 'must be letters, digits and signs')
      .optional(),
  })
  .refine(({ region, url }) => (region === undefined) !== (url === undefined), {
    path: ['region'],
    error: 'is needed, or url in its place; never both',
    // Whatever else is wrong.
    when: ({ value }) => typeof value === 'object' && value !== null,
  });

export type AlibabaEiamOptions = z.output<typeof alibabaEiamOptions>;
