import type { voice } from '@livekit/agents';

/**
 * Interrupts the running speech of a session, and drops the queued ones: an utterance would continue when the output is
 * switched off. A reply whose tool is running stays, since that tool, which may be the one that transfers, would be
 * canceled.
 */
export function cutOffSpeech({ _activity: activity }: voice.AgentSession): void {
  if (activity === undefined) return;
  const { currentSpeech: speech } = activity;
  if (speech !== undefined && !runsTool(speech)) speech.interrupt(true);
  activity['interruptQueuedSpeeches'](true);
}

function runsTool({ chatItems }: voice.SpeechHandle): boolean {
  const done = chatItems.flatMap((item) => (item.type === 'function_call_output' ? [item.callId] : []));
  return chatItems.some((item) => item.type === 'function_call' && !done.includes(item.callId));
}
