import type { FaultOptions, PhoneCall, PhoneLab, PhoneScript } from '@org/phone-lab';
import { expect } from 'vitest';
import { WarmTransfer, type TransferStatus } from '../../src/index.js';
import { hearOut, joinAs, voices, type CallCenter } from './call-center.js';

/** The parts that a case can use while its transfer runs. */
interface Running {
  readonly lab: PhoneLab;
  readonly center: CallCenter;
  readonly transfer: WarmTransfer;
  /** The call of the human agent, once their phone rings. */
  readonly humanCall: () => Promise<PhoneCall>;
}

/** How an outcome comes about. */
export interface OutcomeCase {
  readonly cause: string;
  readonly phone?: PhoneScript;
  readonly fault?: FaultOptions;
  readonly options?: Partial<CallCenter['options']>;
  /** Before the transfer starts; what it gives is disposed of after the outcome. */
  readonly before?: (center: CallCenter) => Promise<AsyncDisposable>;
  readonly meanwhile?: (running: Running) => Promise<void>;
  /** The recognized words of the human agent. Default none. */
  readonly words?: readonly string[];
  /** The briefing agent has no reason to say anything on the line. */
  readonly nothingSaid?: boolean;
  /** The fields of the outcome in addition to its status. */
  readonly tells?: Readonly<Record<string, unknown>>;
}

/** Long enough for whole windows of it to be counted, though the transfer ends right after. */
const hearsBriefing = (call: PhoneCall): Promise<void> => call.waitToHear(voices.briefing, { forMs: 300 });

/** A human agent who answers, is audible all the time, and hears the briefing agent out. */
const answers =
  (then?: PhoneScript): PhoneScript =>
  async (call) => {
    await call.answer();
    call.tone();
    await hearsBriefing(call);
    await then?.(call);
  };

const says = (word: string): PhoneScript =>
  answers(async (call) => {
    await hearOut(call, voices.briefing);
    await call.say(word);
    call.tone();
  });

export const accepts: PhoneScript = answers(async (call) => {
  await call.wait(300);
  await call.press('1');
});

/** For a phone that is called and not answered. */
const rings: PhoneScript = (call) => call.neverAnswer();
const rejects =
  (status: number): PhoneScript =>
  (call) =>
    call.reject(status);

const broken = { fail: { status: 503, code: 'unavailable', msg: 'out of order' } } as const;
const soon = { ringingTimeout: 1000 } as const;

/** Every outcome that leaves the caller with the AI; the caller who leaves is a case of its own. */
export const outcomeCases: Readonly<Record<Exclude<TransferStatus, 'caller-left'>, readonly OutcomeCase[]>> = {
  connected: [
    {
      cause: 'they say yes after keys that take longer than it may ring; later their line is lost',
      phone: says('yes'),
      options: { ringingTimeout: 3000, dtmf: 'wwwww12' },
      words: ['yes'],
      meanwhile: async ({ center, transfer, humanCall }) => {
        const human = await humanCall();
        for await (const { phase } of transfer.events) if (phase === 'connected') break;
        await Promise.all([human.waitToHear(voices.caller), center.caller.waitToHear(voices.human)]);
        // Keys get across as well, the human agent's once what is left of an accept is over.
        await human.wait(1000);
        await Promise.all([human.press('7'), center.caller.press('8')]);
        await center.caller.waitForKey();
        const keys: string[] = [];
        while (keys.length < 3) keys.push(await human.waitForKey());
        expect(keys).toEqual(['1', '2', '8']);
        // No reply of the AI's model is heard.
        expect(center.session.output.audioEnabled).toBe(false);
        await human.wait(1500);
        await human.line.lose('removed');
      },
    },
  ],
  declined: [
    {
      cause: 'they say no; what the AI says meanwhile is not heard',
      phone: says('no'),
      words: ['no'],
      meanwhile: async ({ center, humanCall }) => {
        await (await humanCall()).connected();
        center.session.say('This is said while they wait, and nobody hears it.');
      },
      tells: { reason: 'I am in a meeting.' },
    },
  ],
  voicemail: [
    {
      cause: 'a machine greets',
      // As long as the shortest of real greetings: a recognizer is there before its last word.
      phone: async (call) =>
        void (await call.voicemail({ greeting: [...Array<string>(5).fill('welcome'), 'mailbox'] })),
      // The agent waits for them to speak, and to a machine it has nothing to say.
      options: { greetingSpeech: null },
      nothingSaid: true,
      words: ['mailbox'],
    },
  ],
  'no-speech': [
    {
      cause: 'they say nothing; what the caller says and presses meanwhile is no word of theirs',
      phone: answers(),
      options: { briefing: { limits: { firstSpeechMs: 900 } } },
      meanwhile: async ({ center, humanCall }) => {
        const human = await humanCall();
        await human.connected();
        await hearsBriefing(human);
        await center.caller.press('1');
        await center.caller.say('yes');
        center.caller.tone();
      },
    },
    {
      cause: 'the line is answered before a person is there',
      phone: (call) => call.earlyAnswer(10_000),
      options: { briefing: { limits: { firstSpeechMs: 700 } } },
    },
  ],
  'no-answer': [
    {
      cause: 'it rings; a recorder that comes and goes is not the caller',
      phone: rings,
      options: { ringingTimeout: 3000 },
      meanwhile: async ({ lab, center }) => {
        const recorder = await joinAs(lab, center.caller.roomName, 'recorder');
        await recorder.disconnect();
      },
    },
  ],
  busy: [{ cause: '486', phone: rejects(486), tells: { sipStatusCode: 486 } }],
  rejected: [{ cause: '603', phone: rejects(603), tells: { sipStatusCode: 603 } }],
  unreachable: [
    { cause: 'nothing answers at the address', phone: (call) => call.neverRespond(), options: soon },
    { cause: '503', phone: rejects(503), tells: { sipStatusCode: 503 } },
  ],
  'invalid-number': [{ cause: '404', phone: rejects(404), tells: { sipStatusCode: 404 } }],
  'trunk-rejected': [
    { cause: 'no such trunk', options: { sipTrunkId: 'ST_unknown' } },
    { cause: '403', phone: rejects(403), tells: { sipStatusCode: 403 } },
  ],
  'human-disconnected': [
    {
      cause: 'they hang up in the middle of a sentence',
      phone: answers((call) => call.hangUp()),
      tells: { how: 'hung-up' },
    },
    {
      cause: 'their line is lost',
      phone: answers(async (call) => void (await call.line.lose('removed'))),
      tells: { how: 'lost' },
    },
  ],
  'timed-out': [
    {
      cause: 'they hear the agent, and decide nothing',
      phone: answers(),
      options: { limits: { briefingMs: 1200 } },
      tells: { limit: 'briefing' },
    },
    {
      cause: 'the server dials when the transfer no longer waits for it',
      fault: { method: 'CreateSIPParticipant', do: { delayMs: 1500 } },
      options: { ...soon, limits: { dialingMs: 700 } },
      tells: { limit: 'dialing' },
    },
  ],
  'merge-failed': [
    {
      cause: 'the server refuses to move them',
      phone: accepts,
      fault: { method: 'MoveParticipant', do: broken },
      options: { merge: { strategy: 'move' } },
    },
    {
      cause: 'audio is not proven to flow',
      phone: accepts,
      options: { merge: { strategy: 'bridge', verifyTimeoutMs: 1 } },
    },
  ],
  'caller-canceled': [
    {
      cause: 'the caller presses the key in the middle of the briefing',
      phone: answers(),
      options: { cancelKey: '*' },
      meanwhile: async ({ center, humanCall }) => {
        const human = await humanCall();
        await human.connected();
        await hearsBriefing(human);
        await center.caller.press('*');
      },
    },
  ],
  aborted: [
    {
      cause: 'the program cancels while it rings',
      phone: rings,
      meanwhile: async ({ transfer, humanCall }) => {
        await (await humanCall()).wait(300);
        transfer.cancel();
      },
    },
  ],
  'already-running': [
    {
      cause: 'another transfer of the caller runs',
      phone: rings,
      before: async ({ options }) => {
        const first = new WarmTransfer(options);
        void first.run();
        return first;
      },
    },
  ],
  'no-target': [
    {
      cause: 'there is no such department',
      options: { sipCallTo: undefined, department: 'accounting', departments: { billing: '+15550151' } },
      tells: { why: 'unknown-department' },
    },
  ],
  closed: [{ cause: 'it is closed', options: { isOpen: () => false } }],
  failed: [
    { cause: 'the room cannot be made', fault: { method: 'CreateRoom', do: broken } },
    { cause: 'the secret is wrong', options: { apiSecret: 'wrong'.repeat(8) } },
    { cause: '500', phone: rejects(500), tells: { sipStatusCode: 500 } },
  ],
};
