/** The verdict of a fair listener of the whole line on the model's call of `connect_to_caller`. */
export type CourseVerdict = 'accepted' | 'refused' | 'asked again' | 'key asked';

/** Times are seconds since the answer. */
export type CourseStep =
  | { readonly type: 'we'; readonly from: number; readonly to: number; readonly text: string }
  | { readonly type: 'they'; readonly from: number; readonly to: number; readonly text: string; readonly late: number }
  | { readonly type: 'connect'; readonly at: number; readonly quote?: string }
  | { readonly type: 'press'; readonly at: number; readonly digit: string }
  | { readonly type: 'voicemail-detected'; readonly at: number };

export type CourseOpinion = 'yes' | 'no' | 'unclear';

/** The second opinion on some words, and its delay in seconds; `null`: never. */
interface CourseOpinions {
  readonly [words: string]: CourseOpinion | readonly [CourseOpinion, number] | null;
}

export interface Course {
  readonly title: string;
  /** One for each call of `connect_to_caller`. */
  readonly verdicts: readonly CourseVerdict[];
  readonly steps: readonly CourseStep[];
  /** Default `unclear` after 0.35 s; `off`: no second opinion. */
  readonly opinions: CourseOpinions | 'off';
  /** The name of the language. Default English. */
  readonly language: string;
}

interface CourseSettings {
  readonly opinions?: CourseOpinions | 'off';
  readonly language?: string;
}

export const we = (from: number, to: number, text: string): CourseStep => ({ type: 'we', from, to, text });

/** A speech of the line; its final transcript comes `late` seconds after its end, default 0.4. No words: a noise. */
export const they = (from: number, to: number, text = '', late = 0.4): CourseStep => ({
  type: 'they',
  from,
  to,
  text,
  late,
});

/** A call of `connect_to_caller`: at this time, or 0.7 s after the last transcript that precedes it in the list. */
export const connect = (at?: number, quote?: string): CourseStep => ({
  type: 'connect',
  at: at ?? Number.NaN,
  ...(quote === undefined ? {} : { quote }),
});

export const press = (at: number, digit: string): CourseStep => ({ type: 'press', at, digit });

export const machine = (at: number): CourseStep => ({ type: 'voicemail-detected', at });

export function course(
  title: string,
  verdicts: CourseVerdict | readonly CourseVerdict[],
  steps: readonly CourseStep[],
  { opinions = {}, language = 'English' }: CourseSettings = {},
): Course {
  return {
    title,
    verdicts: [verdicts].flat(),
    steps: steps.map((step, at) => timed(step, steps.slice(0, at))),
    opinions,
    language,
  };
}

function timed(step: CourseStep, before: readonly CourseStep[]): CourseStep {
  if (step.type !== 'connect' || !Number.isNaN(step.at)) return step;
  const finals = before.flatMap((earlier) => (earlier.type === 'they' ? [earlier.to + earlier.late] : []));
  return { ...step, at: Math.max(0, ...finals) + 0.7 };
}

/** The agent's whole greeting, from this time on; it takes 5 s. */
export const greet = (from = 0): CourseStep =>
  we(
    from,
    from + 5,
    'Hello, this is the assistant of Acme. Jane Doe is on the line about an invoice. May I connect you?',
  );

/** The same, interrupted at a time in seconds: the question has not been asked yet. */
export const greetCut = (from: number, to: number): CourseStep =>
  we(from, to, 'Hello, this is the assistant of Acme. Jane Doe is on');
