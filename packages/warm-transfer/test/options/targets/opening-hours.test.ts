import { describe, expect, it } from 'vitest';
import { isWithinHours, type OpeningHours } from '../../../src/options/targets/opening-hours.js';

const office: OpeningHours = {
  timeZone: 'America/New_York',
  week: {
    monday: ['09:00', '17:00'],
    tuesday: [
      ['09:00', '12:00'],
      ['13:00', '17:00'],
    ],
    friday: ['22:00', '06:00'],
    sunday: ['00:00', '24:00'],
  },
  closedOn: ['2026-12-21'],
};

describe('opening hours', () => {
  it.each([
    ['2026-11-23T13:59:00Z', false, 'Monday, a minute before nine in New York'],
    ['2026-11-23T14:00:00Z', true, 'Monday, nine sharp'],
    ['2026-11-23T21:59:00Z', true, 'Monday, a minute before five'],
    ['2026-11-23T22:00:00Z', false, 'Monday, five sharp'],
    ['2026-11-24T17:30:00Z', false, 'Tuesday, lunch'],
    ['2026-11-24T18:30:00Z', true, 'Tuesday, after lunch'],
    ['2026-11-25T15:00:00Z', false, 'Wednesday, which has no entry'],
    ['2026-11-28T04:30:00Z', true, 'Friday, half past eleven at night'],
    ['2026-11-28T10:59:00Z', true, 'Saturday before six, from Friday on'],
    ['2026-11-28T11:00:00Z', false, 'Saturday, six sharp'],
    ['2026-11-29T05:00:00Z', true, 'Sunday, midnight'],
    ['2026-11-30T04:59:00Z', true, 'Sunday, the last minute'],
    ['2026-11-30T05:00:00Z', false, 'Monday, midnight'],
    ['2026-12-21T15:00:00Z', false, 'a Monday that is a holiday'],
    ['2026-07-06T13:00:00Z', true, 'Monday in summer, nine sharp by daylight saving time'],
    ['2026-07-06T12:59:00Z', false, 'Monday in summer, a minute before nine'],
  ])('%s is open: %s (%s)', (now, open) => {
    expect(isWithinHours(office, new Date(now))).toBe(open);
  });
});
