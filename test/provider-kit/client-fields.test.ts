import { expect, it } from 'vitest';
import { refuseClientFields } from '../../src/provider-kit/client-fields.ts';

it.each([
  [{ description: 'd' }, 'description'],
  [{ enabled: false }, 'enabled'],
  [{ redirectUris: ['https://example.org'] }, 'redirectUris'],
])('%j is refused, by its field', (given, field) => {
  expect(() => refuseClientFields('Acme', given)).toThrow(
    expect.objectContaining({
      code: 'invalid_input',
      fields: [{ path: [field], message: expect.any(String) }],
    }),
  );
});

it('what is not given is not refused', () => {
  expect(() => refuseClientFields('Acme', {})).not.toThrow();
  expect(() => refuseClientFields('Acme', { description: null, redirectUris: [] })).not.toThrow();
});
