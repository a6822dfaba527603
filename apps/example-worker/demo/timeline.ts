import { parties } from '../lab/parties.js';
import type { Story } from './story.js';

/** Moments of the story, milliseconds since the epoch; undefined is what never happened. */
export interface Timeline {
  readonly 'call in': number;
  readonly 'transfer asked': number | undefined;
  readonly 'hold audible': number | undefined;
  readonly ringing: number | undefined;
  readonly answered: number | undefined;
  readonly 'briefing audible': number | undefined;
  readonly accepted: number | undefined;
  readonly merged: number | undefined;
  readonly 'both audible': number | undefined;
  readonly ended: number;
}

/** Audible moments come from the recordings, decisions from the worker's log, ringing from the phones. */
export function timelineOf(story: Story): Timeline {
  const { callerEar, humanEar, events } = story;
  const logged = (event: string): number | undefined => events.find((one) => one.event === event)?.at;
  const asked = logged('opening');
  const accepted = logged('merging');
  const callerHeardAt = accepted && humanEar.firstHeardAt(parties.caller, { from: accepted });
  const humanHeardAt = accepted && callerEar.firstHeardAt(parties.human, { from: accepted });
  return {
    'call in': story.callInAt,
    'transfer asked': asked,
    'hold audible': asked && rounded(callerEar.firstHeardAt(parties.hold, { from: asked })),
    ringing: story.ringingAt,
    answered: story.answeredAt,
    'briefing audible': rounded(humanEar.firstHeardAt(parties.briefing)),
    accepted,
    merged: logged('connected'),
    'both audible': callerHeardAt && humanHeardAt && rounded(Math.max(callerHeardAt, humanHeardAt)),
    ended: story.endedAt,
  };
}

const rounded = (at: number | undefined): number | undefined => (at === undefined ? undefined : Math.round(at));
