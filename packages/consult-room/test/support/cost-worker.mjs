// Measures the CPU time of one process that either bridges two rooms, or does the least that a bridge needs:
// two published sources that are fed, and two subscriptions that are read.
import { setTimeout as delay } from 'node:timers/promises';
import {
  AudioFrame,
  AudioSource,
  AudioStream,
  LocalAudioTrack,
  Room,
  TrackPublishOptions,
  TrackSource,
} from '@livekit/rtc-node';
import { createMerge } from '@org/consult-room';

const { url, rooms, identities, mode, forMs } = JSON.parse(process.argv[2]);
const [callerRoom, consultRoom] = await Promise.all(
  rooms.map(async (token) => {
    const room = new Room();
    await room.connect(url, token, { autoSubscribe: true, dynacast: false });
    return room;
  }),
);

async function read(track) {
  for await (const frame of new AudioStream(track, { sampleRate: 48_000, numChannels: 1, frameSizeMs: 10 })) void frame;
}

async function feed(room, source) {
  const track = LocalAudioTrack.createAudioTrack('floor', source);
  await room.localParticipant.publishTrack(track, new TrackPublishOptions({ source: TrackSource.SOURCE_MICROPHONE }));
  const startedAt = performance.now();
  for (let sent = 1; ; sent += 1) {
    const frame = AudioFrame.create(48_000, 1, 480);
    for (let i = 0; i < 480; i += 1) frame.data[i] = 2_500 * Math.sin((i * sent) / 20);
    await source.captureFrame(frame);
    await delay(Math.max(0, startedAt + sent * 10 - performance.now()));
  }
}

function readEverything(room) {
  for (const participant of room.remoteParticipants.values()) {
    for (const { track } of participant.trackPublications.values()) if (track) void read(track);
  }
}

await delay(500);
if (mode === 'bridge') {
  const [callerIdentity, humanIdentity] = identities;
  const bridge = createMerge({ callerRoom, callerIdentity, consultRoom, humanIdentity });
  const result = await bridge.merge();
  if (!result.merged) throw new Error(`not merged: ${result.reason}`);
} else {
  for (const room of [callerRoom, consultRoom]) {
    readEverything(room);
    void feed(room, new AudioSource(48_000, 1, 0));
  }
}
await delay(2_000);
const before = process.cpuUsage();
await delay(forMs);
const { user, system } = process.cpuUsage(before);
process.send({ share: (user + system) / 1_000 / forMs });
process.exit(0);
