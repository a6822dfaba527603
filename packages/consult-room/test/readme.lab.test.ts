import { setTimeout as delay } from 'node:timers/promises';
import { Room } from '@livekit/rtc-node';
import { type PhoneLab, startPhoneLab } from '@org/phone-lab';
import { expect, it } from 'vitest';
import { expectReadmeToShow } from '../../../vitest.readme.ts';
import type { MergedCall } from '../src/index.ts';
import { bringIn } from './readme-example.ts';
import { mergeAndPromote } from './readme-merge-example.ts';
import { sweep } from './readme-sweep-example.ts';
import { createFixture, humanIdentity, joinAs } from './support/fixture.ts';
import { listen } from './support/listen.ts';
import { Microphone } from './support/microphone.ts';
import { follow } from './support/promoted-fixture.ts';
import { until } from './support/until.ts';

const reference = '../../docs/reference/consult-room.md';

it('the README shows an example that brings a human agent into a call', async () => {
  expectReadmeToShow(new URL('./readme-example.ts', import.meta.url));
  await using lab = await startPhoneLab();
  await using callerRoom = await joinAs(lab, 'main-room', 'ai-agent', { kind: 'agent' });
  await using caller = await joinAs(lab, 'main-room', 'caller');
  await using _callerVoice = await Microphone.on(caller, 440);
  const ada = new Room();
  const microphones: Microphone[] = [];
  let loudest = 0;
  listen(caller, 'ai-agent', (peak) => {
    loudest = Math.max(loudest, peak);
  });
  const ended = bringIn(callerRoom, 'caller', serverOf(lab), {
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
  // Audio is heard before it is verified, and a human agent who leaves before that has not been merged.
  await delay(1_000);
  await ada.disconnect();
  expect(await ended).toMatchObject({ cause: 'human-left', left: { identity: 'ada', how: 'hung-up' } });
  for (const microphone of microphones) await microphone[Symbol.asyncDispose]();
});

it('the reference shows a merge whose bridge is promoted, and a sweep that finds nothing', async () => {
  expectReadmeToShow(new URL('./readme-merge-example.ts', import.meta.url), { readme: reference });
  expectReadmeToShow(new URL('./readme-sweep-example.ts', import.meta.url), { readme: reference });
  await using lab = await startPhoneLab();
  await using fixture = await createFixture(lab);
  const human = await fixture.dialHuman(follow);
  const caller = { room: fixture.callerRoom, identity: 'caller' };
  let call: MergedCall | undefined;
  const ended = mergeAndPromote(
    caller,
    { room: fixture.consultRoom, identity: humanIdentity },
    serverOf(lab),
    (merged) => {
      call = merged;
    },
  );
  await until('the new leg carries the call', () => call?.by === 'rejoin', 15_000);
  await human.refers[0]?.newCall?.hangUp();
  expect(await ended).toMatchObject({ cause: 'human-left', left: { how: 'hung-up' } });
  expect(await sweep(serverOf(lab))).toEqual([]);
});

function serverOf({ url, apiKey, apiSecret }: PhoneLab): { url: string; apiKey: string; apiSecret: string } {
  return { url, apiKey, apiSecret };
}
