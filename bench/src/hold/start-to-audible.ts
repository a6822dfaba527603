import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AudioSource, LocalAudioTrack, TrackPublishOptions } from '@livekit/rtc-node';
import type { PhoneLab } from '@org/phone-lab';
import { sidesOf, type BenchSize } from '../bench-size.js';
import { fullLevelAt } from '../calls/full-level.js';
import { heardAt } from '../calls/heard-at.js';
import { joinRoom } from '../cost/join-room.js';
import { takeAll } from '../take-all.js';
import { BARE_HZ } from './bare-frames.js';
import { holdPlayers, type HoldVariant } from './hold-player.js';
import { toneWav } from './tone-wav.js';

const CLIP_HZ = 700;
type Heard = Readonly<Record<'ours' | 'baseline' | 'bare', readonly number[]>>;

/** From the start until a caller in a quiet room hears the same clip at full level: each way in turns, in milliseconds. */
export async function startToAudible(lab: PhoneLab, size: BenchSize): Promise<Heard> {
  const folder = await mkdtemp(join(tmpdir(), 'hold-bench-'));
  try {
    const clip = join(folder, 'hold.wav');
    await writeFile(clip, toneWav(CLIP_HZ, 5));
    const heard = { ours: [] as number[], baseline: [] as number[], bare: [] as number[] };
    const turns = Array.from({ length: size.calls }, () => [...sidesOf(size), 'bare' as const]).flat();
    let turn = 0;
    await takeAll(turns, size, async (variant) =>
      heard[variant].push(await startOnce(lab, variant, `hold-start-${variant}-${(turn += 1)}`, clip, size)),
    );
    return heard;
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function startOnce(
  lab: PhoneLab,
  variant: HoldVariant,
  roomName: string,
  clip: string,
  { neverMs }: BenchSize,
): Promise<number> {
  const room = await joinRoom(lab, roomName, 'agent');
  // A caller is put through when a participant has published a track, as the AI has.
  const voice = LocalAudioTrack.createAudioTrack('voice', new AudioSource(48_000, 1, 100));
  await room.localParticipant?.publishTrack(voice, new TrackPublishOptions());
  const caller = await lab.call({ from: '+15550195', roomName });
  await caller.connected();
  await caller.wait(500);
  const from = Date.now();
  const stop = await holdPlayers[variant](room, clip);
  const hz = variant === 'bare' ? BARE_HZ : CLIP_HZ;
  await heardAt(caller.ear, hz, from, neverMs);
  await caller.wait(2_000);
  const at = fullLevelAt(caller.ear, hz, from);
  await stop();
  await caller.hangUp();
  await voice.close();
  await room.disconnect();
  return at === undefined ? Number.POSITIVE_INFINITY : at - from;
}
