import { expect, it } from 'vitest';
import { vendorRefusal } from '../../src/provider-kit/vendor-refusal.ts';

const words = { vendor: 'Acme', hints: { forbidden: 'Ask its owner.' } };
const reply = { status: 400, headers: { 'retry-after': '7' }, json: undefined };
const request = { method: 'POST', path: '/' } as const;

it('says what is refused, and what to do', () => {
  const error = vendorRefusal(words, 'forbidden', reply, request, { vendorRequestId: 'r-1' });
  expect(error).toMatchObject({
    code: 'forbidden',
    message: 'The gateway may not do this in Acme.',
    hint: 'Ask its owner.',
    vendorRequestId: 'r-1',
    retryAfterMs: 7000,
    fields: [],
  });
  expect(vendorRefusal(words, 'not_found', reply, request).hint).toBeNull();
});

it('input that is refused is named, or is so as a whole', () => {
  const message = 'is not what Acme takes';
  const paths = [['name'], ['attributes', 'size']];
  const fieldsOf = (details = {}) => vendorRefusal(words, 'invalid_input', reply, request, details).fields;
  expect(fieldsOf({ paths })).toEqual(paths.map((path) => ({ path, message })));
  expect(fieldsOf()).toEqual([{ path: [], message }]);
  expect(vendorRefusal(words, 'rejected', reply, request, { paths }).fields).toEqual([]);
});
