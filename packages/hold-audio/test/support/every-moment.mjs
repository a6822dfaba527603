// Run by a test in a process of its own, on the built package: starts and stops hold audio at every moment.
import { HoldAudio, HoldAudioError } from '@org/hold-audio';
import { FakeHoldRoom } from '@org/hold-audio/testing';
import { AudioFrame, dispose } from '@livekit/rtc-node';
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

const [compressed, wav] = process.argv.slice(2);
const moments = [undefined, 0, 2, 10, 40, 120, 300];

async function* frames() {
  for (;;) yield new AudioFrame(new Int16Array(960), 48_000, 1, 960);
}

async function* failing() {
  for (let i = 0; i < 3; i += 1) yield new AudioFrame(new Int16Array(960), 48_000, 1, 960);
  throw new Error('the source broke');
}

/** A room that takes some time for everything, or rejects the track. */
function slowRoom({ refuses = false } = {}) {
  const room = new FakeHoldRoom();
  room.beforePublish = async () => {
    await sleep(15);
    if (refuses) throw new Error('no permission');
  };
  room.beforeSubscription = () => sleep(15);
  return room;
}

/** Starts, and ends in the given way after so many milliseconds, in the same tick if undefined. */
async function live(source, ms, end) {
  const room = slowRoom();
  const hold = new HoldAudio({ room, source, fadeInMs: 0, fadeOutMs: 10, stallTimeoutMs: 2000 });
  const aborting = new AbortController();
  const starting = hold.start({ signal: aborting.signal }).catch((error) => error);
  if (ms !== undefined) await sleep(ms);
  await end({ hold, room, aborting });
  await starting;
  await hold.close();
  await assert.rejects(hold.start(), (error) => HoldAudioError.isInstance(error) && error.code === 'closed');
  assert.equal(room.published.size, 0);
  assert.equal(room.listenerCount, 0);
}

const ends = {
  stop: ({ hold }) => hold.stop(),
  'stop twice': ({ hold }) => Promise.all([hold.stop(), hold.stop()]),
  'stop and start again': async ({ hold }) => {
    const stopping = hold.stop();
    await Promise.all([stopping, hold.start(), hold.stop()]);
  },
  'close, then stop': async ({ hold }) => {
    await hold.close();
    await hold.stop();
  },
  'an abort': ({ aborting }) => aborting.abort(new Error('caller left')),
  'the room ends': ({ room }) => room.disconnect(),
};

const sources = {
  'built-in': undefined,
  compressed,
  wav,
  missing: '/nowhere/hold.wav',
  stream: frames,
  'stream that throws': failing,
  silence: null,
};

let lives = 0;
for (const source of Object.values(sources)) {
  const cases = Object.values(ends).flatMap((end) => moments.map((ms) => live(source, ms, end)));
  await Promise.all(cases);
  lives += cases.length;
}

const refused = new HoldAudio({ room: slowRoom({ refuses: true }) });
await assert.rejects(refused.start(), (error) => error.code === 'publish-failed');
await refused.close();
// Nobody waits for this one, and the process ends under it.
const left = new HoldAudio({
  room: slowRoom(),
  source: new Uint8Array(await readFile(compressed)),
});
void left.start();
await left.close();
await dispose();
process.stdout.write(JSON.stringify({ lives, node: process.versions.node }));
