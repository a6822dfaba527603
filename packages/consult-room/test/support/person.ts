import type { Room } from '@livekit/rtc-node';
import type { Ear, PhoneCall, PhoneLab } from '@org/phone-lab';
import { expect, vi } from 'vitest';
import { publications } from './bridge-of.ts';
import { joinAs } from './fixture.ts';
import { Microphone } from './microphone.ts';
import { until } from './until.ts';

/** A caller or a human agent, on a phone or in a browser. */
export interface Person extends AsyncDisposable {
  /** Hz. */
  readonly voice: number;
  readonly ear: Ear;
  /** The party's phone. Throws for a browser. */
  readonly phone: PhoneCall;
  /**
   * Presses the phone's mute key, which the room does not see, or mutes the browser's track, and waits until the room
   * sees it.
   */
  mute(muted: boolean): Promise<void>;
}

export function onPhone(phone: PhoneCall, voice: number): Person {
  return {
    voice,
    phone,
    ear: phone.ear,
    mute: async (muted) => {
      if (muted) phone.quiet();
      else phone.tone(voice);
    },
    [Symbol.asyncDispose]: async () => {
      if (!phone.ended) await phone.hangUp();
    },
  };
}

/** Joins a room in which another participant is, as a browser whose microphone sounds from the beginning. */
export async function inBrowser(lab: PhoneLab, seenIn: Room, identity: string, voice: number): Promise<Person> {
  const roomName = seenIn.name ?? '';
  const browser = await joinAs(lab, roomName, identity);
  const microphone = await Microphone.on(browser, voice);
  const listening = await lab.listen(roomName, identity);
  const isMuted = (muted: boolean): boolean => publications(seenIn, identity).some((one) => one.muted === muted);
  await until('the browser is seen', () => isMuted(false));
  return {
    voice,
    ear: listening.hears,
    get phone(): PhoneCall {
      throw new Error(`${identity} is in a browser`);
    },
    mute: async (muted) => {
      microphone.mute(muted);
      await until('the mute is seen', () => isMuted(muted));
    },
    [Symbol.asyncDispose]: async () => {
      await listening.close();
      await microphone[Symbol.asyncDispose]();
      await browser.disconnect();
    },
  };
}

/** Waits until both parties hear each other for 200 ms, from now on. */
export async function untilBothHear(one: Person, other: Person): Promise<void> {
  const range = { from: Date.now() };
  const heardMs = (): readonly number[] => [other.ear.heardMs(one.voice, range), one.ear.heardMs(other.voice, range)];
  // Each check analyzes everything that was heard.
  const limit = { timeout: 10_000, interval: 250 };
  await vi.waitFor(
    () => expect(Math.min(...heardMs()), `heard, in ms: ${heardMs().join()}`).toBeGreaterThanOrEqual(200),
    limit,
  );
}
