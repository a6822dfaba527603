import {
  AudioFrame,
  AudioSource,
  LocalAudioTrack,
  type Room,
  TrackPublishOptions,
  TrackSource,
} from '@livekit/rtc-node';
import type { PhoneLab } from '@org/phone-lab';
import { closeTrack } from '@org/support';
import { joinAs } from './call-center.js';

const SAMPLE_RATE = 48_000;
const FRAME = SAMPLE_RATE / 50;

/** A caller who is no phone: a plain participant with a microphone, who can type. */
export interface BrowserCaller extends AsyncDisposable {
  readonly room: Room;
  /** Sends a message as the chat of a browser does. */
  type(text: string): Promise<unknown>;
}

/** Joins, and sounds its tone all the time. */
export async function joinFromBrowser(
  lab: PhoneLab,
  roomName: string,
  identity: string,
  frequency: number,
): Promise<BrowserCaller> {
  const room = await joinAs(lab, roomName, identity);
  const me = room.localParticipant;
  if (me === undefined) throw new Error('a browser joined without a participant');
  const source = new AudioSource(SAMPLE_RATE, 1, 200);
  const track = LocalAudioTrack.createAudioTrack('microphone', source);
  await me.publishTrack(track, new TrackPublishOptions({ source: TrackSource.SOURCE_MICROPHONE }));
  const leaving = new AbortController();
  const sounding = (async (): Promise<void> => {
    for (let at = 0; !leaving.signal.aborted; at += FRAME) {
      const tone = Int16Array.from({ length: FRAME }, (_, index) =>
        Math.round(8000 * Math.sin((2 * Math.PI * frequency * (at + index)) / SAMPLE_RATE)),
      );
      await source.captureFrame(new AudioFrame(tone, SAMPLE_RATE, 1, FRAME));
    }
  })();
  return {
    room,
    type: (text) => me.sendText(text, { topic: 'lk.chat' }),
    [Symbol.asyncDispose]: async () => {
      leaving.abort();
      await sounding;
      await closeTrack(track, source);
      await room.disconnect();
    },
  };
}
