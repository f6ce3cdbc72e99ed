import { expect, it } from 'vitest';
import { invalidAttribute } from '../../src/provider-kit/invalid-attribute.ts';
import { keepOwnCredential } from '../../src/provider-kit/own-credential.ts';

it('a fault of an attribute is named by its path', () => {
  expect(invalidAttribute('role', 'is none')).toMatchObject({
    code: 'invalid_input',
    message: 'attributes.role: is none',
    fields: [{ path: ['attributes', 'role'], message: 'is none' }],
  });
});

it('what the gateway logs in with is kept, all else is not', () => {
  expect(() => keepOwnCredential(false)).not.toThrow();
  expect(() => keepOwnCredential(true)).toThrow(expect.objectContaining({ code: 'conflict', applied: 'no' }));
});
