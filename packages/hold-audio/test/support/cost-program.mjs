// Run by a test in a process of its own, on the built package: what so many callers on hold cost in one process.
import { AudioFrame, AudioSource, LocalAudioTrack, Room, TrackPublishOptions, dispose } from '@livekit/rtc-node';
import { HoldAudio } from '@org/hold-audio';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const [kind, seconds, url] = process.argv.slice(2);
/** Not among the arguments: those are shown when the program fails. */
const tokens = JSON.parse(process.env.ROOM_TOKENS);
const agents = kind === 'player' ? await import('@livekit/agents') : undefined;
agents?.initializeLogger({ pretty: false, level: 'silent' });

/** Frames of a tone, made ahead; the least that any hold audio must do. */
const ready = Array.from({ length: 50 }, (none, i) => {
  const samples = Int16Array.from(
    { length: 960 },
    (_, at) => 8000 * Math.sin(((i * 960 + at) * 2 * Math.PI * 400) / 48_000),
  );
  return new AudioFrame(samples, 48_000, 1, 960);
});

async function playBare(room) {
  const source = new AudioSource(48_000, 1, 100);
  const track = LocalAudioTrack.createAudioTrack('bare', source);
  await room.localParticipant.publishTrack(track, new TrackPublishOptions());
  const over = new AbortController();
  const playing = (async () => {
    const since = performance.now();
    for (let i = 0; !over.signal.aborted; i += 1) {
      await source.captureFrame(ready[i % ready.length]);
      const left = since + (i + 1) * 20 - 80 - performance.now();
      if (left > 0) await sleep(left);
    }
  })();
  return async () => {
    over.abort();
    await playing;
    await track.close();
  };
}

const start = {
  room: async () => async () => undefined,
  bare: playBare,
  hold: async (room) => {
    const hold = new HoldAudio({ room });
    await hold.start();
    return () => hold.close();
  },
  player: async (room) => {
    const player = new agents.voice.BackgroundAudioPlayer({
      ambientSound: { source: agents.voice.BuiltinAudioClip.HOLD_MUSIC, volume: 0.8 },
    });
    await player.start({ room });
    return () => player.close();
  },
}[kind];

const megabytes = () => {
  globalThis.gc?.();
  return process.memoryUsage.rss() / 1e6;
};
const cpuMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** CPU time of the main thread; the kernel counts it by thread. */
const mainMs = () => Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6;

const rooms = [];
// A few at a time: to connect costs far more than to play.
while (rooms.length < tokens.length) {
  const next = tokens.slice(rooms.length, rooms.length + 5).map(async (token) => {
    const room = new Room();
    await room.connect(url, token, { autoSubscribe: false, dynacast: false });
    return room;
  });
  rooms.push(...(await Promise.all(next)));
}
await sleep(1000);
const before = { cpu: cpuMs(), megabytes: megabytes() };
// The first caller pays for whatever is made once.
const stops = [await start(rooms[0])];
await sleep(2000);
const first = { cpu: cpuMs() - before.cpu, megabytes: megabytes() };
const startedFrom = { at: performance.now(), main: mainMs() };
stops.push(...(await Promise.all(rooms.slice(1).map((room) => start(room)))));
await sleep(1000);
const startMain = mainMs() - startedFrom.main;
const steadyFrom = { at: performance.now(), cpu: cpuMs(), main: mainMs(), megabytes: megabytes() };
await sleep(seconds * 1000);
const minutes = (performance.now() - steadyFrom.at) / 60_000;
const steady = {
  cpuSecondsPerMinute: (cpuMs() - steadyFrom.cpu) / 1000 / minutes / rooms.length,
  megabytes: megabytes(),
};
const mainPerMs = (mainMs() - steadyFrom.main) / (performance.now() - steadyFrom.at);
// Less what playing takes in that time.
const startMs = startMain - (steadyFrom.at - startedFrom.at) * mainPerMs;
process.stdout.write(
  JSON.stringify({
    kind,
    callers: rooms.length,
    cpuSecondsPerMinute: steady.cpuSecondsPerMinute,
    firstCpuMs: first.cpu,
    firstMegabytes: first.megabytes - before.megabytes,
    furtherMegabytes: rooms.length > 1 ? (steadyFrom.megabytes - first.megabytes) / (rooms.length - 1) : 0,
    grownMegabytes: steady.megabytes - steadyFrom.megabytes,
    mainSecondsPerMinute: (mainPerMs * 60) / rooms.length,
    mainMsPerStart: rooms.length > 1 ? startMs / (rooms.length - 1) : 0,
  }),
);
for (const stop of stops) await stop();
await Promise.all(rooms.map((room) => room.disconnect()));
await dispose();
process.exit(0);
