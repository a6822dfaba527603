import { randomUUID } from 'node:crypto';
import { tts, voice } from '@livekit/agents';
import { AudioFrame, AudioSource, LocalAudioTrack, Room } from '@livekit/rtc-node';
import { HoldAudio, validateHoldAudioOptions } from '@org/hold-audio';
import { RoomServiceClient } from 'livekit-server-sdk';
import { connectPorts } from './create-ports.js';
import { holdOptionName } from '../options/delegated.js';
import type { PrewarmOptions } from '../options/prewarm-options.js';
import { prewarmOptions } from '../options/transfer-shape.js';
import { problemsOf, refuse, validate } from '../options/checks/validate.js';

/**
 * Does ahead, once per process, what would hold up its first transfer: decodes the hold audio, makes a track that nobody
 * hears, checks and wires a transfer that is not run, and sends the server a request, which loads Node's HTTP client and
 * opens a connection. Call it in the worker's `prewarm`. A server that does not answer is no trouble yet; the transfer will
 * say so.
 *
 * @throws WarmTransferError `invalid-option`; HoldAudioError for a clip that cannot be played; the signal's reason when it is aborted.
 */
export async function prewarmTransfers(options: PrewarmOptions = {}): Promise<void> {
  validate(prewarmOptions, options);
  const { holdAudio, signal } = options;
  const settings = holdAudio === undefined ? {} : { source: holdAudio };
  refuse(problemsOf(() => validateHoldAudioOptions(settings), holdOptionName));
  const hold = new HoldAudio({ room: new Room(), ...settings });
  await Promise.all([
    hold.load(signal === undefined ? {} : { signal }),
    askServer(options),
    makeTrack(),
    // A framework that is not supported is reported by the transfer.
    rehearse().catch(() => undefined),
  ]);
}

/** As the hold audio does; nobody hears it. */
async function makeTrack(): Promise<void> {
  const source = new AudioSource(SAMPLE_RATE, 1, 100);
  const track = LocalAudioTrack.createAudioTrack('prewarm', source);
  await source.captureFrame(AudioFrame.create(SAMPLE_RATE, 1, SAMPLE_RATE / 50));
  await track.close();
}

const SAMPLE_RATE = 48_000;

async function askServer({
  url = process.env['LIVEKIT_URL'],
  apiKey = process.env['LIVEKIT_API_KEY'],
  apiSecret = process.env['LIVEKIT_API_SECRET'],
}: PrewarmOptions): Promise<void> {
  if (!url || !apiKey || !apiSecret) return;
  const rooms = new RoomServiceClient(url, apiKey, apiSecret, { failover: false, requestTimeout: ASK_LIMIT_S });
  // About a room that there is not: only that it was asked counts.
  await rooms.listRooms([`prewarm-${randomUUID()}`]).catch(() => undefined);
}

const ASK_LIMIT_S = 2;

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
