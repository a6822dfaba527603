import { randomUUID } from 'node:crypto';
import { tts, voice } from '@livekit/agents';
import { AudioFrame, AudioSource, LocalAudioTrack, Room } from '@livekit/rtc-node';
import { HoldAudio, validateHoldAudioOptions } from '@org/hold-audio';
import { closeTrack } from '@org/support';
import { RoomServiceClient } from 'livekit-server-sdk';
import { createPorts } from './create-ports.js';
import { holdOptionName } from '../options/delegated.js';
import type { PrewarmOptions } from '../options/prewarm-options.js';
import { prewarmOptions } from '../options/transfer-shape.js';
import { collectProblems, throwIfInvalid, validate } from '../options/checks/validate.js';

/**
 * Does the work ahead that would delay the first transfer of a process: decodes the hold audio, creates a track that is
 * not published, validates and wires a transfer that is not run, and sends the server a request, which loads Node's
 * HTTP client and opens a connection. Call it in the worker's `prewarm`. A server that does not respond is ignored
 * here; the transfer reports it.
 *
 * @throws WarmTransferError `invalid-option`; HoldAudioError if the clip cannot be played; the signal's reason if it is
 * aborted.
 */
export async function prewarmTransfers(options: PrewarmOptions = {}): Promise<void> {
  validate(prewarmOptions, options);
  const { holdAudio, signal } = options;
  const settings = holdAudio === undefined ? {} : { source: holdAudio };
  throwIfInvalid(collectProblems(() => validateHoldAudioOptions(settings), holdOptionName));
  const hold = new HoldAudio({ room: new Room(), ...settings });
  await Promise.all([
    hold.load(signal === undefined ? {} : { signal }),
    askServer(options),
    makeTrack(),
    // An unsupported framework is reported by the transfer.
    rehearse().catch(() => undefined),
  ]);
}

/** Creates a track like the hold audio, without publishing it. */
async function makeTrack(): Promise<void> {
  const source = new AudioSource(SAMPLE_RATE, 1, 100);
  const track = LocalAudioTrack.createAudioTrack('prewarm', source);
  await source.captureFrame(AudioFrame.create(SAMPLE_RATE, 1, SAMPLE_RATE / 50));
  await closeTrack(track, source);
}

const SAMPLE_RATE = 48_000;

async function askServer({
  url = process.env['LIVEKIT_URL'],
  apiKey = process.env['LIVEKIT_API_KEY'],
  apiSecret = process.env['LIVEKIT_API_SECRET'],
}: PrewarmOptions): Promise<void> {
  if (!url || !apiKey || !apiSecret) return;
  const rooms = new RoomServiceClient(url, apiKey, apiSecret, { failover: false, requestTimeout: ASK_TIMEOUT_S });
  // For a room that does not exist: only the request counts.
  await rooms.listRooms([`prewarm-${randomUUID()}`]).catch(() => undefined);
}

const ASK_TIMEOUT_S = 2;

/**
 * Validates and wires a transfer up to its first request: the first time in a process, this takes about 10 ms longer.
 * Starts nothing.
 */
export async function rehearse(): Promise<void> {
  const session = new voice.AgentSession({ tts: new NoVoice(), vad: null, turnDetection: 'manual' });
  const caller = { room: new NoRoom(), callerIdentity: 'caller' };
  const server = { url: 'ws://127.0.0.1', apiKey: 'key', apiSecret: 'secret' };
  const call = { sipTrunkId: 'trunk', sipCallTo: '+15550100', llm: null };
  const { ports } = createPorts({ session, ...caller, ...server, ...call }, 'rehearsal', ignore, ignore);
  const found = await ports.targets.resolve(undefined, new AbortController().signal);
  if (found.type !== 'resolved') throw new Error(`the rehearsal found no target: ${found.ending.status}`);
  for (const target of found.plan.stages.flatMap(({ targets }) => targets)) ports.attempt(target, '1');
}

const ignore = (): void => undefined;

/** Stands in for a caller room. */
class NoRoom extends Room {
  override get name(): string {
    return 'rehearsal';
  }
}

/** Stands in for a TTS. */
class NoVoice extends tts.TTS {
  readonly label = 'warm-transfer.none';

  constructor() {
    super(48_000, 1, { streaming: false });
  }

  synthesize(): never {
    throw new Error('a rehearsal synthesizes no speech');
  }

  stream(): never {
    return this.synthesize();
  }
}
