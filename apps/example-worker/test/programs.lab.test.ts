import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { voice } from '@livekit/agents';
import { startPhoneLab, type Phone, type PhoneCall, type PhoneLab, type PhoneScript } from '@org/phone-lab';
import { RoomServiceClient } from 'livekit-server-sdk';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { makeWav } from '../../../packages/hold-audio/test/support/make-wav.js';
import { parties, vocabulary } from '../lab/parties.js';
import { BillingDesk } from '../programs/billing-transfer.js';
import { Switchboard } from '../programs/departments.js';
import { PatientDesk } from '../programs/fallbacks.js';
import { SupportDesk } from '../programs/support-hold-music.js';
import { transferTool } from '../src/transfer-tool.js';
import { voices } from '../src/voices.js';
import { callProgram, type ProgramCall } from './support/program-call.js';

let lab: PhoneLab;

beforeAll(async () => {
  lab = await startPhoneLab();
  vi.stubEnv('LIVEKIT_SIP_OUTBOUND_TRUNK', lab.trunkId);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await lab.close();
});

let numbers = 0;
/** Puts up a phone with a number of its own: two tests run at a time. */
function phone(script: PhoneScript): Phone {
  numbers += 1;
  return lab.phone(`+1555015${numbers}`, script, { voice: voices.human, vocabulary });
}

/** Picks up, and takes the call once the agent has spoken. */
const takes: PhoneScript = async (call) => {
  await call.answer();
  await call.waitToHear(parties.receptionist, { forMs: 200 });
  await call.press('1');
  call.tone();
};

/** Without a greeting from us the person speaks first, and again until somebody answers. */
const picksUpWithAWord: PhoneScript = async (call) => {
  await call.answer();
  const isAnswered = (): boolean => call.ear.heard(parties.receptionist);
  while (!isAnswered()) {
    await call.say('person');
    for (let waitedMs = 0; waitedMs < 1500 && !isAnswered(); waitedMs += 100) await call.wait(100);
  }
  await call.press('1');
  call.tone();
};

async function expectTalk({ caller }: ProgramCall, human: PhoneCall): Promise<void> {
  await human.connected();
  await Promise.all([
    caller.waitToHear(parties.human, { forMs: 500, timeoutMs: 20_000 }),
    human.waitToHear(parties.caller, { forMs: 500, timeoutMs: 20_000 }),
  ]);
}

describe('the tool that the README shows', () => {
  it('ends session, room and job when the human agent hangs up, without a further line', async () => {
    const human = phone(picksUpWithAWord);
    const told: unknown[] = [];
    const tool = transferTool({ sipCallTo: human.number }, (outcome) => told.push(outcome));
    const agent = new voice.Agent({ instructions: 'You answer the phone.', tools: [tool] });
    await using program = await callProgram(lab, agent, { name: 'transfer_to_human' });
    const line = await human.nextCall({ timeoutMs: 20_000 });
    await expectTalk(program, line);
    expect(told).toMatchObject([{ humanAgentIdentity: expect.any(String) as string }]);
    await line.hangUp();
    await Promise.all([program.caller.finished, program.shutDown]);
    expect(program.session._closing).toBe(true);
    const rooms = new RoomServiceClient(lab.url, lab.apiKey, lab.apiSecret, { failover: false });
    await vi.waitFor(async () => expect(await rooms.listRooms([program.caller.roomName])).toEqual([]), {
      timeout: 10_000,
    });
  }, 60_000);
});

describe('the billing transfer', () => {
  it('connects the caller, and ends the call when the human agent hangs up', async () => {
    const billing = phone(takes);
    const tool = { name: 'transfer_to_billing', args: { question: 'Why is it so high?' } };
    await using program = await callProgram(lab, new BillingDesk(billing.number), tool);
    const human = await billing.nextCall({ timeoutMs: 20_000 });
    await expectTalk(program, human);
    await human.hangUp();
    await program.caller.finished;
  }, 60_000);
});

describe('support with music of its own', () => {
  const music = 700;

  it('plays a WAV file from a URL, then connects', async () => {
    const bytes = makeWav({ sampleRate: 16_000, seconds: 2, signal: (s) => 0.5 * Math.sin(2 * Math.PI * music * s) });
    const server = createServer((_request, response) => response.end(bytes)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const holdMusic = `http://127.0.0.1:${(server.address() as AddressInfo).port}/music.wav`;
    const heard = new EventEmitter();
    const isHeard = once(heard, 'music');
    const supervisor = phone(async (call) => {
      await isHeard;
      await picksUpWithAWord(call);
    });
    await using program = await callProgram(lab, new SupportDesk({ supervisor: supervisor.number, holdMusic }), {
      name: 'transfer_to_supervisor',
    });
    await program.caller.waitToHear(music, { forMs: 500, timeoutMs: 20_000 });
    heard.emit('music');
    await expectTalk(program, await supervisor.nextCall());
    server.closeAllConnections();
    server.close();
  }, 60_000);
});

describe('the switchboard', () => {
  it('connects with the department of that name', async () => {
    const [billing, sales] = [phone(takes), phone(picksUpWithAWord)];
    const tool = { name: 'transfer_to_department', args: { department: 'Sales' } };
    await using program = await callProgram(
      lab,
      new Switchboard({ billing: billing.number, sales: sales.number }),
      tool,
    );
    await expectTalk(program, await sales.nextCall({ timeoutMs: 20_000 }));
  }, 60_000);

  it('names its departments, and puts no caller on hold, when it does not have the one that was asked for', async () => {
    const tool = { name: 'transfer_to_department', args: { department: 'astronomy' } };
    const billing = phone(takes);
    await using program = await callProgram(lab, new Switchboard({ billing: billing.number }), tool);
    await program.caller.waitToHear(parties.receptionist, { timeoutMs: 20_000 });
    const said = { role: 'assistant', content: ['There is no department "astronomy". There are: billing.'] };
    await vi.waitFor(() => expect(program.session.history.items.at(-1)).toMatchObject(said), { timeout: 20_000 });
    expect(billing.calls).toEqual([]);
    expect(program.caller.ear.heard(parties.hold)).toBe(false);
  }, 60_000);
});

describe('the patient desk', () => {
  it('calls the other number when the first line is busy', async () => {
    const busy = phone((call) => call.reject(486));
    const free = phone(picksUpWithAWord);
    const callbacks: string[] = [];
    const desk = new PatientDesk({
      numbers: [busy.number, free.number],
      requestCallback: async (why) => void callbacks.push(why),
    });
    await using program = await callProgram(lab, desk, { name: 'transfer_to_human' });
    await busy.nextCall({ timeoutMs: 20_000 });
    await expectTalk(program, await free.nextCall({ timeoutMs: 20_000 }));
    expect(callbacks).toEqual([]);
  }, 60_000);

  it('requests a callback when every line is busy or rejects, and the AI continues with the caller', async () => {
    const busy = phone((call) => call.reject(486));
    const last = phone((call) => call.reject(603));
    const callbacks: string[] = [];
    const desk = new PatientDesk({
      numbers: [busy.number, last.number],
      requestCallback: async (why) => void callbacks.push(why),
    });
    await using program = await callProgram(lab, desk, { name: 'transfer_to_human' });
    await (await last.nextCall({ timeoutMs: 20_000 })).untilEnded();
    await program.caller.waitToHear(parties.receptionist, { forMs: 500, timeoutMs: 20_000 });
    expect(callbacks).toEqual(['The call was rejected.']);
    expect(program.caller.ended).toBeUndefined();
  }, 60_000);
});
