import { llm } from '@livekit/agents';
import type { PhoneLab } from '@org/phone-lab';
import { RoomServiceClient } from 'livekit-server-sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectReadmeToShow } from '../../../vitest.readme.ts';
import { ScriptedLLM, ScriptedSTT } from '../src/testing.ts';
import { ask } from './readme-example.ts';
import { plainModel } from './support/fixture.ts';
import { AGENT_VOICE, agentTts, openLab, words } from './support/lab.ts';
import { joinRoom, Person } from './support/simulated-human.ts';
import { until, wait } from './support/until.ts';

let lab: PhoneLab;
beforeAll(async () => void (lab = await openLab()));
afterAll(() => lab.close());

describe('the example of the README', () => {
  it('is the code that this test runs', () => {
    expectReadmeToShow(new URL('./readme-example.ts', import.meta.url));
  });

  it.each([
    [words.yes, 'accepted'],
    [words.no, 'declined'],
  ])('briefs a human agent in a room without a phone: after a word of %i Hz, the result is %s', async (word, type) => {
    const room = await joinRoom(lab, `plain-${type}`, 'agent');
    const person = await Person.join(lab, `plain-${type}`, 'ann', AGENT_VOICE);
    const models = {
      stt: new ScriptedSTT({ words }),
      llm: new ScriptedLLM({ reply: plainModel }),
      tts: agentTts(),
    };
    const result = ask(room, 'ann', models, llm.ChatContext.empty());
    await until(() => person.heardAt.length > 0);
    await wait(1500);
    await person.say(word);
    expect(await result).toMatchObject({ type, via: 'voice' });
    await person.leave();
    await room.disconnect();
    await new RoomServiceClient(lab.url, lab.apiKey, lab.apiSecret).deleteRoom(`plain-${type}`);
  });
});
