import { ScriptedLLM } from '@org/briefing-agent/testing';
import { startPhoneLab, type PhoneLab, type PhoneScript } from '@org/phone-lab';
import { setTimeout as delay } from 'node:timers/promises';
import { RoomServiceClient } from 'livekit-server-sdk';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { outcomeToSpeech, WarmTransfer, type TransferPhase, type WarmTransferOptions } from '../src/index.js';
import { expectReadmeToShow } from '../../../vitest.readme.ts';
import { joinFromBrowser } from './browser-caller.js';
import { joinAs, startCallCenter, startSession, type vocabulary, voices } from './call-center.js';
import { fetchPerson } from './readme-example.js';

let lab: PhoneLab;

beforeAll(async () => {
  lab = await startPhoneLab();
});
afterAll(() => lab.close());

const answerAndSay =
  (word: keyof typeof vocabulary): PhoneScript =>
  async (call) => {
    await call.answer();
    await call.waitToHear(voices.briefing, { forMs: 500 });
    await call.wait(1500);
    await call.say(word);
  };

describe.concurrent('the README example', () => {
  it('is what the README shows', () => {
    expectReadmeToShow(new URL('./readme-example.ts', import.meta.url));
  });

  it('connects the caller, and ends when the human agent hangs up', async () => {
    await using center = await startCallCenter(lab);
    const human = center.phone(async (call) => {
      await answerAndSay('yes')(call);
      call.tone();
      await call.waitToHear(voices.caller, { forMs: 500 });
      await call.hangUp();
    });
    expect(await fetchPerson({ ...center.options })).toBeUndefined();
    await human.done;
    await center.caller.finished;
    expect(center.caller.ear.heard(voices.human)).toBe(true);
  }, 60_000);

  it('says what the human agent said', async () => {
    await using center = await startCallCenter(lab);
    center.phone(answerAndSay('no'));
    expect(await fetchPerson({ ...center.options })).toBe('They said: I am in a meeting.');
  }, 60_000);
});

it.concurrent('a caller in a browser is held, joined and given back like one on the phone, and can type before and after', async () => {
  const roomName = 'browser-room';
  await using heard = await lab.listen(roomName, 'browser');
  await using browser = await joinFromBrowser(lab, roomName, 'browser', voices.caller);
  const callerModel = new ScriptedLLM({ reply: () => ({ say: 'I am here.' }) });
  await using center = await startSession(lab, roomName, callerModel);
  const hears = (hz: number, from: number): Promise<void> =>
    vi.waitFor(() => expect(heard.hears.heard(hz, { from })).toBe(true), { timeout: 10_000, interval: 20 });
  const types = async (text: string): Promise<void> => {
    const from = Date.now();
    await browser.type(text);
    await hears(voices.agent, from);
    expect(callerModel.turns.at(-1)).toMatchObject({ userText: text });
  };
  await types('a person, please');

  let acceptedAt = 0;
  const human = center.phone(async (call) => {
    await call.answer();
    call.tone();
    await call.waitToHear(voices.briefing);
    acceptedAt = Date.now();
    await call.press('1');
  });
  const startedAt = Date.now();
  await using transfer = new WarmTransfer(center.options);
  const outcome = await transfer.run();
  if (outcome.status !== 'connected') throw new Error(outcome.toSpeech());
  const call = await human.nextCall();
  await Promise.all([call.waitToHear(voices.caller), hears(voices.human, startedAt)]);
  expect(heard.hears.heard(voices.briefing)).toBe(false);
  expect(call.ear.heard(voices.caller, { to: acceptedAt })).toBe(false);
  expect(heard.hears.heard(voices.human, { to: acceptedAt })).toBe(false);
  expect(call.ear.heard(voices.agent)).toBe(false);

  await call.line.lose('removed');
  expect(await outcome.call.ended).toMatchObject({ by: 'line', caller: 'returned' });
  await types('what about my order?');
}, 60_000);

describe.concurrent('a warm transfer', () => {
  it('returns the caller, with the AI audible, when the human line is lost after the merge', async () => {
    await using center = await startCallCenter(lab);
    const human = center.phone(async (call) => {
      await answerAndSay('yes')(call);
      call.tone();
    });
    await using transfer = new WarmTransfer(center.options);
    const outcome = await transfer.run();
    if (outcome.status !== 'connected') throw new Error(outcomeToSpeech(outcome));
    const humanCall = await human.nextCall();
    await humanCall.waitToHear(voices.caller);
    // Removed by the server, as a line that drops is, rather than hung up.
    await new RoomServiceClient(lab.url, lab.apiKey, lab.apiSecret).removeParticipant(
      humanCall.roomName,
      humanCall.identity,
    );
    expect(await outcome.call.ended).toMatchObject({ by: 'line', caller: 'returned' });
    center.session.say('I am back.');
    await center.caller.waitToHear(voices.agent);
    expect(center.caller.ended).toBeUndefined();
  }, 60_000);

  it('refuses a second transfer of the same caller, and lets the first go on', async () => {
    await using center = await startCallCenter(lab);
    const human = center.phone((call) => call.neverAnswer());
    await using first = new WarmTransfer(center.options);
    await using second = new WarmTransfer(center.options);
    const [running, refused] = [first.run(), second.run()];
    expect(await refused).toMatchObject({ status: 'already-running', runningTransferId: first.transferId });
    await human.nextCall();
    first.cancel(new Error('enough'));
    expect(await running).toMatchObject({ status: 'aborted', cause: new Error('enough') });
    expect(human.calls).toHaveLength(1);
  }, 60_000);

  it('goes on while the caller connects anew, and ends when they are gone, with the AI back for whoever returns', async () => {
    await using center = await startCallCenter(lab);
    const { session, room } = center.options;
    const human = center.phone((call) => call.neverAnswer());
    await using transfer = new WarmTransfer(center.options);
    const running = transfer.run();
    const humanCall = await human.nextCall();

    const again = await joinAs(lab, room?.name ?? '', center.caller.identity);
    await center.caller.finished;
    await delay(2_000);
    expect(humanCall.ended).toBeUndefined();
    expect(session.output.audioEnabled).toBe(false);

    await again.disconnect();
    expect(await running).toMatchObject({ status: 'caller-left' });
    await transfer.closed();
    expect(session.output.audioEnabled).toBe(true);
  }, 60_000);

  it('leaves the audio of the session as it found it, also what was off', async () => {
    await using center = await startCallCenter(lab);
    const { input, output } = center.session;
    center.phone((call) => call.reject(480));
    output.setTranscriptionEnabled(false);
    input.setAudioEnabled(false);
    await using transfer = new WarmTransfer(center.options);
    expect(await transfer.run()).toMatchObject({ status: 'no-answer', sipStatusCode: 480 });
    expect([input.audioEnabled, output.audioEnabled, output.transcriptionEnabled]).toEqual([false, true, false]);
  }, 60_000);

  it('tells the phases in order, in the words of the guide', async () => {
    await using center = await startCallCenter(lab);
    center.phone(async (call) => {
      // The agent, who sees it ring, comes when the hold audio is heard.
      await call.ring(1_000);
      await call.reject(603);
    });
    const phases: TransferPhase[] = [];
    const parties: string[] = [];
    await using transfer = new WarmTransfer({
      ...center.options,
      onPhase: ({ phase, caller, humanAgent }) => {
        phases.push(phase);
        parties.push(`${caller}/${humanAgent}`);
      },
    });
    expect(await transfer.run()).toMatchObject({ status: 'rejected', sipStatusCode: 603, notes: [] });
    await transfer.closed();
    expect(phases).toEqual(['opening', 'dialing', 'ringing', 'releasing', 'ended']);
    expect(parties.at(-1)).toBe('active/failed');
  }, 60_000);

  it('puts nobody on hold for options that cannot be honored', async () => {
    await using center = await startCallCenter(lab);
    const refusals: [Partial<Omit<WarmTransferOptions, 'sipConnection'>>, string][] = [
      [{ sipCallTo: ' ' }, 'sipCallTo'],
      [{ sipCallTo: '100@example.com' }, 'to'],
      [{ ringingTimeout: 30 }, 'ringingTimeout'],
      [{ dtmf: 'hello' }, 'dtmf'],
      [{ sipHeaders: { Via: 'x' } }, 'headers'],
      [{ roomName: center.options.room?.name }, 'name'],
      [{ limits: { briefingMs: -1 } }, 'limits.briefingMs'],
    ];
    for (const [wrong, named] of refusals) {
      expect(() => new WarmTransfer({ ...center.options, ...wrong }), JSON.stringify(wrong)).toThrow(named);
    }
    await using silent = new WarmTransfer({ ...center.options, holdAudio: '/no/such/file.wav' });
    await expect(silent.run()).rejects.toThrow('/no/such/file.wav');
    expect(center.session.input.audioEnabled).toBe(true);
    expect(center.session.output.audioEnabled).toBe(true);
  }, 60_000);
});
