import type { PhoneCall } from '@org/phone-lab';

export const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Looks every 10 ms until it is so. */
export async function until(so: () => boolean, limitMs = 10_000): Promise<void> {
  const end = Date.now() + limitMs;
  while (!so()) {
    if (Date.now() > end) throw new Error(`not so after ${limitMs} ms: ${String(so)}`);
    await wait(10);
  }
}

/** A phone hears a whole sentence of this voice, and then nothing of it for a moment. */
export async function untilSaid(call: PhoneCall, voice: number): Promise<void> {
  await call.waitToHear(voice);
  await until(() => call.ear.firstHeardAt(voice, { from: Date.now() - 400 }) === undefined);
}
