import { setTimeout as delay } from 'node:timers/promises';
import { Room } from '@livekit/rtc-node';
import { startPhoneLab } from '@org/phone-lab';
import { expect, it } from 'vitest';
import { expectReadmeToShow } from '../../../vitest.readme.ts';
import { bringIn } from './readme-example.ts';
import { joinAs, listen, Microphone, until } from './support/scene.ts';

it('shows an example that brings a person into a call', async () => {
  expectReadmeToShow(new URL('./readme-example.ts', import.meta.url));
  const lab = await startPhoneLab();
  const callerRoom = await joinAs(lab, 'main-room', 'ai-agent', { kind: 'agent' });
  const caller = await joinAs(lab, 'main-room', 'caller');
  const callerVoice = await Microphone.on(caller, 440);
  const ada = new Room();
  const microphones: Microphone[] = [];
  let loudest = 0;
  listen(caller, 'ai-agent', (peak) => {
    loudest = Math.max(loudest, peak);
  });
  const ended = bringIn(callerRoom, 'caller', lab, {
    call: async (token) => {
      await ada.connect(lab.url, token, { autoSubscribe: true, dynacast: false });
      microphones.push(await Microphone.on(ada, 1_000));
    },
    brief: async (consultRoom) => {
      await until('Ada is there', () => consultRoom.remoteParticipants.has('ada'));
      expect(loudest).toBeLessThan(10);
      return true;
    },
  });
  await until('the caller hears Ada', () => loudest > 1_000);
  // Heard is sooner than proven, and somebody who leaves before the proof has not been merged.
  await delay(1_000);
  await ada.disconnect();
  expect(await ended).toMatchObject({ cause: 'human-left', left: { identity: 'ada', how: 'hung-up' } });
  for (const microphone of [...microphones, callerVoice]) await microphone[Symbol.asyncDispose]();
  await caller.disconnect();
  await callerRoom.disconnect();
  await lab.close();
});
