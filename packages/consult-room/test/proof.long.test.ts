import { startPhoneLab } from '@org/phone-lab';
import { expect, it } from 'vitest';
import { bridgeOf } from './support/bridge-of.ts';
import { mergeAfterSpeaking } from './support/just-stopped.ts';
import { setScene } from './support/scene.ts';

/** After the end of a sound, in milliseconds: when statistics still show it, and nothing is heard any more. */
const moments = [300, 400, 500, 600, 700];

it('a merge never fails because a person has just stopped speaking', { timeout: 300_000 }, async () => {
  await using lab = await startPhoneLab();
  await using scene = await setScene(lab);
  const human = await scene.dialHuman();
  await using bridge = bridgeOf(scene);
  await bridge.prepare();
  const failures: string[] = [];
  for (let round = 0; round < 3; round += 1) {
    failures.push(...(await mergeAfterSpeaking(bridge, human, moments)));
    failures.push(...(await mergeAfterSpeaking(bridge, scene.caller, moments)));
  }
  expect(failures).toEqual([]);
});
