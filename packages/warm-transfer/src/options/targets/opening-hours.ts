export type Weekday = 'sunday' | 'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday';

/** Days of the week in the order of `Date`. */
export const weekdays: readonly Weekday[] = [
  'sunday',
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
];

/** From and to, `HH:MM` on a 24-hour clock; a `to` that is not after `from` is on the next day, `24:00` is midnight. */
type OpenFromTo = readonly [from: string, to: string];

/** Weekly hours in the local time of one place, daylight saving time included. */
export interface OpeningHours {
  /** IANA name, such as `America/New_York`. */
  readonly timeZone: string;
  /** Days without an entry are closed. */
  readonly week: Readonly<Partial<Record<Weekday, OpenFromTo | readonly OpenFromTo[]>>>;
  /** Days (`YYYY-MM-DD`) that are closed from midnight to midnight. */
  readonly closedOn?: readonly string[] | undefined;
}

const minutesOfDay = 24 * 60;

/** Whether it is open at that moment. */
export function isWithinHours({ timeZone, week, closedOn = [] }: OpeningHours, now: Date): boolean {
  const { date, weekday, minutes } = localTime(timeZone, now);
  if (closedOn.includes(date)) return false;
  const yesterday = (weekday + weekdays.length - 1) % weekdays.length;
  return (
    getSpans(week, weekday).some(([from, to]) => minutes >= from && minutes < to) ||
    getSpans(week, yesterday).some(([, to]) => minutes + minutesOfDay < to)
  );
}

/** Whether `Intl` supports the time zone. */
export function isTimeZone(value: unknown): boolean {
  try {
    return typeof value === 'string' && localTime(value, new Date()) !== undefined;
  } catch {
    return false;
  }
}

export function isTime(value: unknown): boolean {
  return typeof value === 'string' && parseMinutes(value) !== undefined;
}

function localTime(timeZone: string, now: Date): { date: string; weekday: number; minutes: number } {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    weekday: 'long',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(now);
  const part = (wanted: Intl.DateTimeFormatPartTypes): string => parts.find(({ type }) => type === wanted)?.value ?? '';
  return {
    date: `${part('year')}-${part('month')}-${part('day')}`,
    weekday: weekdays.findIndex((day) => day === part('weekday').toLowerCase()),
    minutes: Number(part('hour')) * 60 + Number(part('minute')),
  };
}

/** Returns the spans of a day in minutes since its midnight; the end may be on the next day. */
function getSpans(week: OpeningHours['week'], weekday: number): [from: number, to: number][] {
  const spans = week[weekdays[weekday] ?? 'sunday'];
  return listed(spans ?? []).map(([from, to]) => {
    const [begin, end] = [parseMinutes(from) ?? 0, parseMinutes(to) ?? 0];
    return [begin, end > begin ? end : end + minutesOfDay];
  });
}

function listed(spans: OpenFromTo | readonly OpenFromTo[]): readonly OpenFromTo[] {
  return isSpan(spans) ? [spans] : spans;
}

function isSpan(spans: OpenFromTo | readonly OpenFromTo[]): spans is OpenFromTo {
  return typeof spans[0] === 'string';
}

function parseMinutes(time: string): number | undefined {
  const [, hours, minutes] = /^(\d\d):(\d\d)$/.exec(time) ?? [];
  if (hours === undefined || minutes === undefined || Number(minutes) > 59) return undefined;
  const total = Number(hours) * 60 + Number(minutes);
  return total <= minutesOfDay ? total : undefined;
}
