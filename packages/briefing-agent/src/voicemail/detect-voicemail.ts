import { voice } from '@livekit/agents';
import { anySignal, within } from '@org/support';
import type {
  DetectVoicemail,
  ParsedVoicemailOptions,
  VoicemailDetection,
  VoicemailVerdict,
} from '../options/voicemail-options.js';

const unknown = (): VoicemailVerdict => 'unknown';

/** Runs the detector within its timeout. One that fails or is late returns `unknown`. */
export async function detectVoicemail(
  detect: DetectVoicemail | 'amd',
  { detectTimeoutMs }: ParsedVoicemailOptions,
  call: VoicemailDetection,
): Promise<VoicemailVerdict> {
  const ended = new AbortController();
  const signal = anySignal(call.signal, ended.signal);
  const run =
    detect === 'amd' ? askAmd(detectTimeoutMs, { ...call, signal }) : runDetector(detect, { ...call, signal });
  const verdict = await within(detectTimeoutMs, run, unknown, { signal: call.signal }).catch(unknown);
  ended.abort();
  return verdict;
}

/** Runs a user's function, and turns what it throws before its first await into a rejection. */
async function runDetector(detect: DetectVoicemail, call: VoicemailDetection): Promise<VoicemailVerdict> {
  return detect(call);
}

/** Runs the framework's detection, which delays the agent's speech until it is closed. */
async function askAmd(
  timeoutMs: number,
  { session, humanIdentity, signal }: VoicemailDetection,
): Promise<VoicemailVerdict> {
  const amd = new voice.AMD(session, {
    // Uses the session's own models: no model in the cloud that was not given.
    llm: null,
    stt: null,
    participantIdentity: humanIdentity,
    noSpeechTimeoutMs: timeoutMs,
    detectionTimeoutMs: timeoutMs,
    waitUntilFinished: false,
    suppressCompatibilityWarning: true,
  });
  const close = (): void => void amd.aclose();
  signal.addEventListener('abort', close, { once: true });
  try {
    const { category, isMachine } = await amd.execute();
    if (isMachine) return 'voicemail';
    return category === voice.AMDCategory.HUMAN ? 'human' : 'unknown';
  } finally {
    signal.removeEventListener('abort', close);
    await amd.aclose();
  }
}
