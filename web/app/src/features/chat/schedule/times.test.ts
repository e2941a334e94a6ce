import { describe, expect, it } from 'vitest';
import { choices, fieldValue } from './times.ts';

const at = (...date: [number, number, number, number?, number?]) => new Date(...date).getTime();
const names = (now: number) => choices(now).map(choice => choice.when);

describe('when to send', () => {
  it('offers moments ahead, in order', () => {
    const thursday = at(2026, 4, 7, 12);
    expect(names(thursday)).toEqual(['hour', 'evening', 'tomorrow', 'monday']);
    expect(choices(thursday).map(choice => choice.ms)).toEqual([
      at(2026, 4, 7, 13),
      at(2026, 4, 7, 20),
      at(2026, 4, 8, 9),
      at(2026, 4, 11, 9),
    ]);
    for (let hour = 0; hour < 24 * 8; hour += 1) {
      const now = thursday + hour * 3_600_000;
      const all = choices(now).map(choice => choice.ms);
      expect(all.every(ms => ms > now)).toBe(true);
    }
  });

  it('leaves out what is too near, or said twice', () => {
    expect(names(at(2026, 4, 7, 19))).not.toContain('evening');
    const sunday = at(2026, 4, 10, 12);
    expect(names(sunday)).not.toContain('monday');
    expect(names(at(2026, 4, 11, 12))).toContain('monday');
  });

  it('is written as the field for it wants', () => {
    expect(fieldValue(at(2026, 0, 5, 7, 9))).toBe('2026-01-05T07:09');
  });
});
