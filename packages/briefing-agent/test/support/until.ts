import type { PhoneCall } from '@org/phone-lab';

export const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Checks a condition every 10 ms until it holds. */
export async function until(so: () => boolean, limitMs = 10_000): Promise<void> {
  const end = Date.now() + limitMs;
  while (!so()) {
    if (Date.now() > end) throw new Error(`not so after ${limitMs} ms: ${String(so)}`);
    await wait(10);
  }
}

/** Waits until a phone has heard a whole sentence of this voice. */
export async function untilSaid(call: PhoneCall, voice: number): Promise<void> {
  await call.waitToHear(voice);
  await until(() => call.ear.firstHeardAt(voice, { from: Date.now() - 400 }) === undefined);
}
