import { startPhoneLab } from '@org/phone-lab';
import type { PhoneLab } from '@org/phone-lab';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { relayTrackNames } from '../src/index.ts';
import type { ConsultRoomError } from '../src/index.ts';
import { bridgeOf, publications } from './support/bridge-of.ts';
import { listen } from './support/listen.ts';
import { Microphone } from './support/microphone.ts';
import { humanIdentity, joinAs, setScene, voices } from './support/scene.ts';
import { mergeOf } from './support/talking.ts';
import { until } from './support/until.ts';

let lab: PhoneLab;
beforeAll(async () => {
  lab = await startPhoneLab();
});
afterAll(async () => {
  await lab.close();
});

/** What a merge warns of if no packets come from one side. */
const noPackets = (direction: string) => [{ code: 'media', message: expect.stringContaining(`(${direction})`) }];

describe.concurrent('the proof of a bridge', () => {
  it('holds for a human agent whose track sends no packets, with a warning, and lets them hear the caller', async () => {
    await using scene = await setScene(lab);
    await using human = await joinAs(lab, scene.consult.name, humanIdentity);
    await using silent = new Microphone(human, voices.human, { direct: true });
    await silent.publish();
    const peaks: number[] = [];
    listen(human, scene.consult.identity, (peak) => peaks.push(peak));
    await using bridge = bridgeOf(scene);
    const result = await bridge.merge();
    expect(result).toMatchObject({ merged: true });
    // The caller is on hold until then. Five times what is wanted, for a busy machine.
    expect(result.merged && result.tookMs).toBeLessThan(2_500);
    expect(scene.warnings.splice(0)).toMatchObject(noPackets('human-to-caller'));
    await until('they hear the caller', () => peaks.some((peak) => peak > 1_000));
  });

  it('is not met by a recorder in the place of a person, whom the server subscribes', async () => {
    await using scene = await setScene(lab);
    await using _recorder = await joinAs(lab, scene.consult.name, 'recorder');
    await using human = await joinAs(lab, scene.consult.name, humanIdentity, { autoSubscribe: false });
    await using _microphone = await Microphone.on(human, voices.human);
    const warnings: ConsultRoomError[] = [];
    await using merge = mergeOf(lab, scene, {
      strategy: 'bridge',
      onWarning: (warning) => warnings.push(warning),
    });
    await merge.prepare();
    await until('the voice is here', () => publications(scene.consultRoom, humanIdentity).some(({ track }) => track));
    expect(await merge.merge()).toMatchObject({ merged: true });
    const heard = () => publications(human, scene.consult.identity).find(({ name }) => name === relayTrackNames.caller);
    await until('the human agent is subscribed', () => heard()?.track !== undefined);
    expect(warnings).toEqual([]);
  });
});
