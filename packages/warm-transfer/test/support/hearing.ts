import { HOLD_MUSIC_BAND } from '@org/hold-audio/testing';
import { drawWhoHeardWhom, whoHeardWhom, type Phase, type PhoneCall, type Signature } from '@org/phone-lab';
import { expect } from 'vitest';
import type { TransferPhaseEvent } from '../../src/index.js';
import { vocabulary, voices } from './call-center.js';

/** Whom a phone can hear. */
const parties: readonly Signature[] = [
  // Above that a tone that breaks off on a busy machine would be taken for music.
  { name: 'hold', frequencies: [], band: [HOLD_MUSIC_BAND[0], 1000] },
  ...Object.entries({ ...voices, ...vocabulary }).map(([name, frequency]) => ({ name, frequencies: [frequency] })),
];

/** `promoted` is the line by which the human agent has come into the caller's room. */
type Listener = 'caller' | 'human' | 'promoted';

/** A phase changes while sound is on its way: this much of each end is not judged, where a party should be heard. */
const EDGE_MS = 400;
/** Hold audio fades, and has died away by then, also on a busy machine. */
const FADED_MS = 800;
/**
 * A tone that breaks off, as it does on a busy machine, sounds for a moment in the band of the music; and the last words of
 * the AI may still be on their way to the caller. To the human agent, the moment may sound like a word of their own. Of
 * everybody else nothing at all may be heard.
 */
const STRAY_MS: Readonly<Record<Listener, Readonly<Record<string, number>>>> = {
  caller: { hold: 300, agent: 1000 },
  human: { hold: 300, yes: 100, no: 100 },
  // Their own voice, from the line before, may come late.
  promoted: { hold: 300, human: 500 },
};
/** A shorter hold may end, on a busy machine, before its music was heard. */
const HOLD_MS = 4000;
/** The track of the music, which carries nothing else. */
const HOLD_TRACK = 'hold-audio';
/** Sound is counted in windows of this length. */
const WINDOW_MS = 100;

/** The period of each phase, by the events of one transfer. */
interface Course {
  /** On hold, until the human agent accepted or the transfer was over. */
  readonly apart: Phase;
  readonly briefing: Phase | undefined;
  readonly connected: Phase | undefined;
}

function courseOf(events: readonly TransferPhaseEvent[]): Course {
  const at = (...phases: readonly string[]): number | undefined =>
    events.find(({ phase }) => phases.includes(phase))?.at;
  const from = events[0]?.at;
  const over = at('ended') ?? Date.now();
  if (from === undefined) throw new Error('the transfer told no event');
  const apartUntil = at('merging', 'deciding', 'releasing', 'ended') ?? over;
  const answered = at('briefing');
  const connected = at('connected');
  return {
    apart: { name: 'apart', from, to: apartUntil },
    briefing: answered === undefined ? undefined : { name: 'briefing', from: answered, to: apartUntil },
    connected:
      connected === undefined ? undefined : { name: 'connected', from: connected, to: at('releasing') ?? over },
  };
}

/**
 * The tracks that carried a party, down to a whisper, without the track of the music: where the music breaks off, on a busy
 * machine, it sounds like any tone for a moment.
 */
function tracksThatCarry({ ear }: PhoneCall, party: string, { from, to }: Phase): readonly string[] {
  const sought = parties.filter(({ name }) => name === party);
  const tracks = ear.leaks(sought, { from, to }).map(({ publisher, trackName }) => `${publisher}: ${trackName}`);
  return [...new Set(tracks)].filter((track) => !track.endsWith(`: ${HOLD_TRACK}`));
}

/**
 * No party hears one that it must not, at any moment; each hears those that it should. `nothingSaid`: the briefing agent has
 * no reason to say a word, so that it must not be heard either.
 */
export function expectRightHearing(
  events: readonly TransferPhaseEvent[],
  listeners: Partial<Record<Listener, PhoneCall>>,
  { nothingSaid = false }: { readonly nothingSaid?: boolean | undefined } = {},
): void {
  const { apart, briefing, connected } = courseOf(events);
  const hears = (phase: Phase, listener: Listener, allowed: string | undefined, wantedIn: Phase | undefined): void => {
    const call = listeners[listener];
    if (call === undefined) return;
    const table = whoHeardWhom({ [listener]: call }, parties, [phase]);
    const heard = table[phase.name]?.[listener] ?? {};
    const story = drawWhoHeardWhom(table);
    const wrong = Object.entries(heard)
      .filter(([one, ms]) => !['other', allowed].includes(one) && ms > (STRAY_MS[listener][one] ?? 0))
      .map(([one, ms]) => ({ party: one, ms, tracks: tracksThatCarry(call, one, phase) }))
      .filter(({ party, tracks }) => party === 'hold' || tracks.length > 0);
    expect(wrong, story).toEqual([]);
    const judgedMs = wantedIn === undefined ? 0 : wantedIn.to - wantedIn.from - 2 * EDGE_MS;
    if (allowed !== undefined && judgedMs > WINDOW_MS) expect(heard[allowed], story).toBeGreaterThan(0);
  };
  hears(apart, 'caller', 'hold', apart.to - apart.from > HOLD_MS ? apart : undefined);
  hears(apart, 'human', nothingSaid ? undefined : 'briefing', briefing);
  if (connected === undefined) return;
  const heardFrom = listeners.caller?.ear.firstHeardAt(voices.human, { from: connected.from });
  const together = { ...connected, from: (heardFrom ?? connected.from) + FADED_MS };
  hears(together, 'caller', 'human', together);
  if (listeners.promoted === undefined) return hears(together, 'human', 'caller', together);
  // The phone has both its lines until the first one is hung up.
  const alone = { ...together, from: Math.max(together.from, (listeners.human?.ended?.at ?? 0) + EDGE_MS) };
  hears(alone, 'promoted', 'caller', alone);
}
