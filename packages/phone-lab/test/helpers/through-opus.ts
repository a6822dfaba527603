import { EAR_SAMPLE_RATE, type HeardTrack, type Listening, type PhoneLab } from '../../src/index.js';
import { joinPcm, silencePcm } from '../../src/tones.js';

/** What came out at the far end. */
export interface Heard {
  /** 16 kHz. */
  readonly pcm: Int16Array;
  /** Where the first of the samples that were sent is in it, at the earliest. */
  readonly startMs: number;
}

/** Sends each piece (48 kHz) from a phone of its own, by Opus with DTX as rtc-node publishes, all at once; and what an ear recorded. */
export async function throughOpus<Name extends string>(
  lab: PhoneLab,
  roomName: string,
  pieces: Readonly<Record<Name, Int16Array>>,
): Promise<Record<Name, Heard>> {
  await using listening = await lab.listen(roomName, 'nobody');
  const names = Object.keys(pieces) as Name[];
  const calls = await Promise.all(
    names.map(async (name) => ({ name, call: await lab.call({ from: `+${name}`, roomName }) })),
  );
  await Promise.all(calls.map(({ call }) => call.connected()));
  const heard = await Promise.all(
    calls.map(async ({ name, call }): Promise<[Name, Heard]> => {
      const from = Date.now();
      await call.play(joinPcm(pieces[name], silencePcm(300, 48_000)), 48_000);
      const { publisher, startsAt } = trackOf(listening, call.identity);
      const pcm = listening.hears.pcm({ publisher });
      return [name, { pcm, startMs: Math.max(0, from - startsAt) }];
    }),
  );
  await Promise.all(calls.map(({ call }) => call.hangUp()));
  await Promise.all(calls.map(({ call }) => call.finished));
  return Object.fromEntries(heard) as Record<Name, Heard>;
}

function trackOf({ hears }: Listening, publisher: string): HeardTrack {
  const track = hears.tracks.find((one) => one.publisher === publisher);
  if (track === undefined) throw new Error(`nothing was heard of ${publisher}`);
  return track;
}

/** Samples of a range of milliseconds; not a copy. */
export function cut({ pcm, startMs }: Heard, fromMs: number, toMs: number): Int16Array {
  const at = (ms: number): number => Math.max(0, Math.round(((startMs + ms) * EAR_SAMPLE_RATE) / 1000));
  return pcm.subarray(at(fromMs), at(toMs));
}
