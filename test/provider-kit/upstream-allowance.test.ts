import { expect, it } from 'vitest';
import { createAllowance } from '../../src/provider-kit/upstream-allowance.ts';
import { testClock } from '../test-clock.ts';

function open(most = 8) {
  const clock = testClock();
  const allowance = createAllowance(most, clock);
  const answer = (sentAt = allowance.moment) => allowance.note({ quota: null, load: 'borne', sentAt });
  const fail = () => allowance.note({ quota: null, load: 'untold', sentAt: allowance.moment });
  const refuse = (sentAt = allowance.moment) => allowance.note({ quota: null, load: 'too-much', sentAt });
  const tell = (left: number, resetMs: number) =>
    allowance.note({ quota: { left, resetMs }, load: 'borne', sentAt: allowance.moment });
  return { clock, allowance, answer, refuse, fail, tell };
}

it('no more than are left, until the reset', () => {
  const { clock, allowance, tell } = open();
  tell(3, 5000);
  expect(allowance.places).toBe(3);
  clock.pass(4999);
  expect(allowance.places).toBe(3);
  clock.pass(1);
  expect(allowance.places).toBe(8);
});

it('the newest word holds, and there is always one place to learn by', () => {
  const { allowance, tell } = open();
  tell(3, 5000);
  tell(0, 5000);
  expect(allowance.places).toBe(1);
  tell(100, 5000);
  expect(allowance.places).toBe(8);
});

it('one too many halves the places, down to one; each that is borne wins one back', () => {
  const { allowance, answer, refuse } = open();
  refuse();
  expect(allowance.places).toBe(4);
  for (let i = 0; i < 5; i += 1) refuse();
  expect(allowance.places).toBe(1);
  answer();
  answer();
  expect(allowance.places).toBe(3);
  for (let i = 0; i < 20; i += 1) answer();
  expect(allowance.places).toBe(8);
});

it('what does not show that it was borne wins nothing back', () => {
  const { allowance, refuse, fail } = open();
  refuse();
  for (let i = 0; i < 9; i += 1) fail();
  expect(allowance.places).toBe(4);
});

it('requests that were on their way together halve them once', () => {
  const { allowance, refuse } = open();
  const together = allowance.moment;
  for (let i = 0; i < 8; i += 1) refuse(together);
  expect(allowance.places).toBe(4);
});
