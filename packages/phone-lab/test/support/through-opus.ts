import { SipClient } from 'livekit-server-sdk';
import { EAR_SAMPLE_RATE, type PhoneCall, type PhoneLab } from '../../src/index.js';
import { findFaintTones } from '../../src/tones/find-faint-tones.js';
import { joinPcm, silencePcm, toneBurst } from '../../src/tones.js';

const rate = 48_000;

/** What came out at the far end. */
export interface Heard {
  /** 16 kHz. */
  readonly pcm: Int16Array;
  /** Where the first of the samples that were sent is in it, ± 30 ms. */
  readonly startMs: number;
}

/**
 * A burst before and after each piece, by which it is found in the recording: so soft that DTX does not take what follows
 * for silence beside it.
 */
const syncHz = 2500;
const syncMs = 600;
const pause = silencePcm(1000, rate);
const sync = joinPcm(pause, toneBurst([syncHz], syncMs, rate, { levelDbfs: -60 }), pause);

/** So many phones sound together: more would hold each other up. */
const together = 5;

/**
 * Sends each piece (48 kHz) from a phone of its own, by Opus with DTX as rtc-node publishes; and what an ear recorded. Each
 * phone is in a room of its own: in one room all of them would decode all the others.
 */
export async function throughOpus<Name extends string>(
  lab: PhoneLab,
  roomName: string,
  pieces: Readonly<Record<Name, Int16Array>>,
): Promise<Record<Name, Heard>> {
  const names = Object.keys(pieces) as Name[];
  const heard: [Name, Heard][] = [];
  for (let i = 0; i < names.length; i += together) {
    const batch = names.slice(i, i + together).map(async (name): Promise<[Name, Heard]> => {
      return [name, await sendOne(lab, `${roomName} ${name}`, pieces[name])];
    });
    heard.push(...(await Promise.all(batch)));
  }
  return Object.fromEntries(heard) as Record<Name, Heard>;
}

async function sendOne(lab: PhoneLab, roomName: string, piece: Int16Array): Promise<Heard> {
  const call = await answered(lab, roomName);
  await using listening = await lab.listen(roomName, 'nobody');
  await call.play(joinPcm(sync, piece, sync), rate);
  await call.hangUp();
  await call.finished;
  const pcm = listening.hears.pcm();
  return { pcm, startMs: startOf(pcm, (piece.length * 1000) / rate) };
}

async function answered(lab: PhoneLab, roomName: string): Promise<PhoneCall> {
  const phone = lab.phone(`+${roomName}`, (call) => call.answer());
  const sip = new SipClient(lab.url, lab.apiKey, lab.apiSecret);
  await sip.createSipParticipant(lab.trunkId, `+${roomName}`, roomName, { waitUntilAnswered: true });
  return phone.nextCall();
}

/** Finds the piece, and checks that its sound came without a break: else the leaks would not be where they are looked for. */
function startOf(pcm: Int16Array, pieceMs: number): number {
  const bursts = findFaintTones(pcm, EAR_SAMPLE_RATE, [syncHz]);
  const [first, last] = [bursts[0]?.startMs ?? Number.NaN, bursts.at(-1)?.startMs ?? Number.NaN];
  const lateMs = last - first - (syncMs + 2000 + pieceMs);
  if (!(Math.abs(lateMs) < 280)) throw new Error(`the sound came ${lateMs} ms late: the machine was too busy`);
  return first + syncMs + 1000;
}

/** Samples of a range of milliseconds; not a copy. */
export function cut({ pcm, startMs }: Heard, fromMs: number, toMs: number): Int16Array {
  const at = (ms: number): number => Math.max(0, Math.round(((startMs + ms) * EAR_SAMPLE_RATE) / 1000));
  return pcm.subarray(at(fromMs), at(toMs));
}
