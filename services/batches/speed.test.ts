import { expect, it } from 'vitest';
import { Speed } from './speed.ts';

it('is that of the last while, and nothing before any time has passed', () => {
  const speed = new Speed(1000, 0);
  expect(speed.at(1000, 0)).toBeNull();
  expect(speed.at(1200, 2000)).toBe(100);
  for (let second = 4; second <= 60; second += 2) speed.at(1200 + 1000 * second, second * 1000);
  expect(speed.at(1200 + 1000 * 62, 62_000)).toBeCloseTo(1000);
});

it('falls to nothing where nothing comes', () => {
  const speed = new Speed(0, 0);
  speed.at(5000, 5000);
  for (let second = 6; second <= 40; second++) speed.at(5000, second * 1000);
  expect(speed.at(5000, 41_000)).toBe(0);
});
