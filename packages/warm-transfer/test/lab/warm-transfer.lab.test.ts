import { startPhoneLab, type PhoneLab } from '@org/phone-lab';
import { setTimeout as delay } from 'node:timers/promises';
import { RoomServiceClient } from 'livekit-server-sdk';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { deferred } from '@org/support';
import { WarmTransfer, type TransferPhase, type WarmTransferOptions } from '../../src/index.js';
import { expectReadmeToShow } from '../../../../vitest.readme.ts';
import { accepts, answerAndSay, connect, hearOut, joinAs, startCallCenter, voices } from '../support/call-center.js';
import { transferCaller } from '../readme-example.js';

let lab: PhoneLab;

beforeAll(async () => {
  lab = await startPhoneLab();
});
afterAll(() => lab.close());

describe('the README example', () => {
  it('is what the README shows', () => {
    expectReadmeToShow(new URL('../readme-example.ts', import.meta.url));
  });

  it('connects the caller, and ends when the human agent hangs up', async () => {
    await using center = await startCallCenter(lab);
    const human = center.phone(async (call) => {
      await answerAndSay('yes')(call);
      call.tone();
      await call.waitToHear(voices.caller, { forMs: 500 });
      await call.hangUp();
    });
    expect(await transferCaller({ ...center.options })).toBeUndefined();
    await human.done;
    await center.caller.finished;
    expect(center.caller.ear.heard(voices.human)).toBe(true);
  }, 60_000);

  it('says what the human agent said', async () => {
    await using center = await startCallCenter(lab);
    center.phone(answerAndSay('no'));
    expect(await transferCaller({ ...center.options })).toBe('They said: I am in a meeting.');
  }, 60_000);
});

describe('a warm transfer', () => {
  it('returns the caller, with the AI audible, when the human line is lost after the merge', async () => {
    await using center = await startCallCenter(lab);
    const human = center.phone(async (call) => {
      await answerAndSay('yes')(call);
      call.tone();
    });
    await using transfer = new WarmTransfer(center.options);
    const outcome = await connect(transfer);
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

  it('rejects a second transfer of the same caller, and lets the first continue', async () => {
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

  it('continues while the caller connects again, and ends when they are gone, with the AI back for a caller who returns', async () => {
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

  it('reports the phases in order, in the terms of the guide', async () => {
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
    expect(await transfer.run()).toMatchObject({ status: 'rejected', sipStatusCode: 603, warnings: [] });
    await transfer.closed();
    expect(phases).toEqual(['opening', 'dialing', 'ringing', 'releasing', 'ended']);
    expect(parties.at(-1)).toBe('active/failed');
  }, 60_000);

  it('puts no caller on hold for options that cannot be honored', async () => {
    await using center = await startCallCenter(lab);
    const refusals: [Partial<Omit<WarmTransferOptions, 'sipConnection'>>, string][] = [
      [{ sipCallTo: ' ' }, 'sipCallTo'],
      [{ sipCallTo: '100@example.com' }, '`sipCallTo`'],
      [{ ringingTimeout: 30 }, 'ringingTimeout'],
      [{ dtmf: 'hello' }, 'dtmf'],
      [{ sipHeaders: { Via: 'x' } }, '`sipHeaders`'],
      [{ roomName: center.options.room?.name }, '`roomName`'],
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

describe('the result for a program', () => {
  it('of a briefing that the caller ends holds what was said until then', async () => {
    await using center = await startCallCenter(lab);
    center.phone(async (call) => {
      await call.answer();
      await hearOut(call);
      await center.caller.hangUp();
    });
    await using transfer = new WarmTransfer(center.options);
    const outcome = await transfer.run();
    expect(outcome).toMatchObject({ status: 'caller-left' });
    expect(outcome.transcript).toEqual([{ speaker: 'agent', text: center.options.greetingSpeech }]);
  }, 60_000);

  it('of a job that is gone is not that the caller hung up', async () => {
    await using center = await startCallCenter(lab);
    const human = center.phone((call) => call.neverAnswer());
    await using transfer = new WarmTransfer(center.options);
    const running = transfer.run();
    await human.nextCall();
    await center.options.room?.disconnect();
    expect(await running).toMatchObject({ status: 'aborted', caller: 'left' });
  }, 60_000);
});

it('the AI hears a caller who comes back after it hung up on them', async () => {
  await using center = await startCallCenter(lab);
  const human = center.phone(accepts);
  await using transfer = new WarmTransfer(center.options);
  const outcome = await connect(transfer);
  await (await human.nextCall()).hangUp();
  expect(await outcome.call.ended).toMatchObject({ by: 'human', caller: 'hung-up' });
  await vi.waitFor(() => expect(center.session.input.audioEnabled).toBe(true), { timeout: 5000 });
}, 60_000);

it('a human agent accepts by a row of keys that begins with the answer, of which nothing reaches the caller', async () => {
  await using center = await startCallCenter(lab);
  const phone = center.phone(async (call) => {
    await call.ring(500);
    await call.answer();
    await call.press('11111');
    call.tone();
  });
  await using transfer = new WarmTransfer({
    ...center.options,
    briefing: { limits: { firstSpeechMs: 3_000 } },
  });
  await connect(transfer);
  const human = await phone.nextCall();
  await center.caller.waitToHear(voices.human);
  await human.wait(1_000);
  expect(center.caller.keys).toEqual([]);
  await human.hangUp();
  await center.caller.untilEnded();
}, 60_000);

it('what the human agent said just before the accept key does not reach the caller', async () => {
  await using center = await startCallCenter(lab);
  const isChecked = deferred<void>();
  center.phone(async (call) => {
    await call.answer();
    call.tone();
    await call.waitToHear(voices.agent);
    await call.wait(1_000);
    call.quiet();
    await call.press('1');
    await isChecked.promise;
    call.tone();
  });
  await using transfer = new WarmTransfer(center.options);
  await connect(transfer);
  await center.caller.wait(1_000);
  expect(center.caller.ear.heardMs(voices.human)).toBe(0);
  isChecked.resolve();
  await center.caller.waitToHear(voices.human);
}, 60_000);
