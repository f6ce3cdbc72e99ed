import { expect, it } from 'vitest';
import { path } from '../../src/provider-kit/url-path.ts';

it('each id is one segment, whatever is in it', () => {
  expect(path`/api/${'a/b?c#d%2e é'}/x/${'中'}`).toBe('/api/a%2Fb%3Fc%23d%252e%20%C3%A9/x/%E4%B8%AD');
});

it.each(['', '.', '..', '\ud800'])('an id that can be no segment is not there: %j', (id) => {
  expect(() => path`/api/${id}`).toThrow(expect.objectContaining({ code: 'not_found', applied: 'no' }));
});

it('dots within an id are no step', () => {
  expect(path`/${'...'}/${'a..b'}`).toBe('/.../a..b');
});
