/** Limits in milliseconds. */
export interface BriefingLimits {
  /** For the session to start. Default 10 000. */
  startMs?: number;
  /** For the headline to be written, from `start()`; then the fixed sentence. Default 4000. */
  headlineMs?: number;
  /** Silence after the answer until the agent speaks first. Default 800. */
  speakAfterMs?: number;
  /** For the human to say anything, counted while the agent is quiet; then "hello?", once, and then `silent`. Default 10 000. */
  firstSpeechMs?: number;
  /** For nobody speaking later on; then a sentence, and `silent`. Default 30 000. */
  silenceMs?: number;
  /** Of that, until the human is asked once whether they are still there. Not less than `silenceMs`: never. Default 12 000. */
  questionMs?: number;
  /** Until that question, when they have asked for a moment. Default 60 000. */
  momentMs?: number;
  /** From `brief()`, without `waitingMs`; then a sentence, and `timed-out`. Default 120 000. */
  totalMs?: number;
  /** For a human agent to come behind a queue, a menu or a call screening, all waits together; then `timed-out`. Default 300 000. */
  waitingMs?: number;
  /** Of that, after the answer to a call screening. Default 30 000. */
  screeningMs?: number;
  /** For the agent to begin its answer; then the fallback, and only keys count. Default 8000. */
  replyMs?: number;
  /** For the same; then the sentence `filler`, once per answer. Default 2500. */
  fillerMs?: number;
  /** For one fixed sentence. Default 10 000. */
  sayMs?: number;
  /** For the session to close. Default 5000. */
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
