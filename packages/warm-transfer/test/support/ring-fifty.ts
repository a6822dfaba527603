import { startPhoneLab } from '@org/phone-lab';
import { it } from 'vitest';
import { startCallCenter } from './call-center.js';
import { ringThree } from './ring-three.js';

/**
 * A quarter of two hundred: each file here is a process of its own, as each job of a worker is. The media library keeps
 * something of every client that it ever was in a process (`docs/internals/livekit/media.md`), and phones are clients too.
 */
export function ringFifty(): void {
  it(
    'three phones in parallel, answered 5 ms apart, 50 times: one has the caller, and none rings on',
    async () => {
      await using lab = await startPhoneLab();
      await using center = await startCallCenter(lab);
      for (let round = 0; round < 50; round += 1) await ringThree(lab, center.options);
    },
    10 * 60_000,
  );
}
