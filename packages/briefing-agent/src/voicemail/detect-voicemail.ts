import { voice } from '@livekit/agents';
import type { CheckedMachine, DetectionCall, DetectMachine, MachineVerdict } from '../options/voicemail-options.js';
import { settleWithin } from '../settle-within.js';

/** Asks the detector, within the limit. One that fails or is late has found nothing. */
export async function detectMachine(
  detect: DetectMachine | 'amd',
  { limitMs }: CheckedMachine,
  call: DetectionCall,
): Promise<MachineVerdict> {
  const over = new AbortController();
  const signal = AbortSignal.any([call.signal, over.signal]);
  let verdict: MachineVerdict = 'unknown';
  const run = detect === 'amd' ? askAmd(limitMs, { ...call, signal }) : runOwn(detect, { ...call, signal });
  await settleWithin(
    run.then((found) => (verdict = found)),
    { limitMs, signal: call.signal },
  );
  over.abort();
  return verdict;
}

/** What a function throws before its first await is a failure like any other. */
async function runOwn(detect: DetectMachine, call: DetectionCall): Promise<MachineVerdict> {
  return detect(call);
}

/** It holds back what the agent says until it is closed. */
async function askAmd(limitMs: number, { session, humanIdentity, signal }: DetectionCall): Promise<MachineVerdict> {
  const amd = new voice.AMD(session, {
    // The session's own models: nothing in the cloud is asked that was not given.
    llm: null,
    stt: null,
    participantIdentity: humanIdentity,
    noSpeechTimeoutMs: limitMs,
    detectionTimeoutMs: limitMs,
    waitUntilFinished: false,
    suppressCompatibilityWarning: true,
  });
  const close = (): void => void amd.aclose();
  signal.addEventListener('abort', close, { once: true });
  try {
    const { category, isMachine } = await amd.execute();
    if (isMachine) return 'machine';
    return category === voice.AMDCategory.HUMAN ? 'human' : 'unknown';
  } finally {
    signal.removeEventListener('abort', close);
    await amd.aclose();
  }
}
