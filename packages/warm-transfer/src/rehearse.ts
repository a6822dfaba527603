import { tts, voice } from '@livekit/agents';
import { Room } from '@livekit/rtc-node';
import { connectPorts } from './connect-ports.js';

/** Takes the place of a caller's room. */
class NoRoom extends Room {
  override get name(): string {
    return 'rehearsal';
  }
}

/** Takes the place of a voice. */
class NoVoice extends tts.TTS {
  readonly label = 'warm-transfer.none';

  constructor() {
    super(48_000, 1, { streaming: false });
  }

  synthesize(): never {
    throw new Error('nothing is said in a rehearsal');
  }

  stream(): never {
    return this.synthesize();
  }
}

/**
 * Checks and wires a transfer as far as its first request: the first time in a process, this takes some 10 ms longer.
 * Begins nothing.
 */
export async function rehearse(): Promise<void> {
  const session = new voice.AgentSession({ tts: new NoVoice(), vad: null, turnDetection: 'manual' });
  const caller = { room: new NoRoom(), callerIdentity: 'caller' };
  const server = { url: 'ws://127.0.0.1', apiKey: 'key', apiSecret: 'secret' };
  const call = { sipTrunkId: 'trunk', sipCallTo: '+15550100', llm: null };
  const { ports } = connectPorts({ session, ...caller, ...server, ...call }, 'rehearsal', ignore, ignore);
  const found = await ports.targets.resolve(undefined, new AbortController().signal);
  if (found.type !== 'resolved') throw new Error(`the rehearsal found nobody to call: ${found.ending.status}`);
  for (const target of found.plan.stages.flatMap(({ targets }) => targets)) ports.attempt(target, '1');
}

const ignore = (): void => undefined;
