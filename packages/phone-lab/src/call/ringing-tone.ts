import { silencePcm, toneBurst } from '../tones/tone-generator.js';
import { LINE_VOICE_RATE } from '../line/phone-line.js';
import type { SimulatedCall } from './simulated-call.js';

/** The gateway lets the room hear the ringing, as in European networks (ETSI): 425 Hz for 1 s, then 4 s of silence. */
export async function playRingingTone(call: SimulatedCall): Promise<void> {
  try {
    await call.published();
    if (call.current === 'dialing' || call.current === 'ringing') await call.voice.play(ringing());
  } catch {
    call.voice.quiet(); // The call ended before there was a track.
  }
}

async function* ringing(): AsyncGenerator<Int16Array> {
  const [tone, silence] = [toneBurst([425], 1000, LINE_VOICE_RATE), silencePcm(4000, LINE_VOICE_RATE)];
  for (;;) {
    yield tone;
    yield silence;
  }
}
