/** The limits of a briefing, in milliseconds. */
export interface BriefingLimits {
  /** Time for the session to start. Default 10 000. */
  startMs?: number;
  /** Time to write the headline, from `start()`; then the fixed sentence is said instead. Default 4000. */
  headlineMs?: number;
  /** Silence after the answer until the agent speaks first. Default 800. */
  speakAfterMs?: number;
  /** Time for a first word of the human agent, while the agent is quiet; then `areYouThere`, once; then `no-speech`. Default 10 000. */
  firstSpeechMs?: number;
  /** Silence of both sides later on; then the sentence `timeUp`, and `no-speech`. Default 30 000. */
  silenceMs?: number;
  /** The part of `silenceMs` until the sentence `stillThere`, once. Not less than `silenceMs`: never. Default 12 000. */
  questionMs?: number;
  /** Time until that sentence when the human agent has asked for a moment. Default 60 000. */
  momentMs?: number;
  /** Time from `brief()`, without `waitingMs`; then the sentence `timeUp`, and `timed-out`. Default 120 000. */
  totalMs?: number;
  /** Time for a human agent to follow a queue, a menu or a call screening, over all waits; then `timed-out`. Default 300 000. */
  waitingMs?: number;
  /** The part of `waitingMs` after the answer to a call screening. Default 30 000. */
  screeningMs?: number;
  /** Time for the agent to begin its answer; then the sentence `fallback`, and only keys count. Default 8000. */
  replyMs?: number;
  /** Time for the same; then the sentence `filler`, once per answer. Default 2500. */
  fillerMs?: number;
  /** Time for one fixed sentence. Default 10 000. */
  sayMs?: number;
  /** Time for the session to close. Default 5000. */
  closeMs?: number;
}

export const defaultLimits: Readonly<Required<BriefingLimits>> = Object.freeze({
  startMs: 10_000,
  headlineMs: 4000,
  speakAfterMs: 800,
  firstSpeechMs: 10_000,
  silenceMs: 30_000,
  questionMs: 12_000,
  momentMs: 60_000,
  totalMs: 120_000,
  waitingMs: 300_000,
  screeningMs: 30_000,
  replyMs: 8000,
  fillerMs: 2500,
  sayMs: 10_000,
  closeMs: 5000,
});
