import { initializeLogger, type stt, type tts, voice } from '@livekit/agents';
import { Room } from '@livekit/rtc-node';
import { ScriptedLLM, ScriptedSTT, ScriptedTTS } from '@org/briefing-agent/testing';
import type { Phone, PhoneCall, PhoneLab, PhoneOptions, PhoneScript } from '@org/phone-lab';
import { AccessToken } from 'livekit-server-sdk';
import type { ConnectedOutcome, WarmTransfer, WarmTransferOptions } from '../../src/index.js';

/**
 * Voices of the parties and the words that the human agent can say; Hz. The AI has one voice, unless a test gives the
 * briefing one `ofItsOwn`.
 */
export const voices = { caller: 1500, human: 1700, agent: 1900, briefing: 2100 } as const;
export const vocabulary = { yes: 2500, no: 2700 } as const;

let phones = 0;

/** A number that no other test of this run calls. */
export function freshNumber(): string {
  phones += 1;
  return `+1555${2_000_000 + phones}`;
}

/** The models of the AI: the briefing has those of the caller's session, as it has by default. */
export interface Models {
  readonly stt: stt.STT;
  readonly llm: ScriptedLLM;
  readonly tts: tts.TTS;
}

/** Also of a word that a busy machine tore in two. */
export const saysYes = (userText: string): boolean => /^yes(\W+yes)*$/.test(userText);

export const models = (given: Partial<Models> = {}): Models => ({
  stt: new ScriptedSTT({ words: vocabulary }),
  llm: new ScriptedLLM({
    reply: ({ userText, toolResult }) => {
      if (toolResult !== undefined) return undefined;
      return saysYes(userText)
        ? { call: { name: 'connect_to_caller' } }
        : { call: { name: 'decline_transfer', args: { reason: 'I am in a meeting.' } } };
    },
  }),
  tts: new ScriptedTTS({ frequency: voices.agent }),
  ...given,
});

const PROMPT = 'You answer the phone.';

/** The requests to a model by the caller's session, without those of the briefing. */
export const callerTurns = ({ turns }: ScriptedLLM): ScriptedLLM['turns'] =>
  turns.filter(({ instructions }) => instructions.includes(PROMPT));

/** Other programs on the machine hold up real audio: how long its proof may take is asserted elsewhere. */
export const PATIENT = { verifyTimeoutMs: 15_000 } as const;

/** A voice of the briefing that is not the session's: for tests that measure which of the two was heard by whom. */
export const ofItsOwn = (): { readonly tts: tts.TTS } => ({ tts: new ScriptedTTS({ frequency: voices.briefing }) });

type Vocabulary = NonNullable<PhoneOptions['vocabulary']>;

/** An AI agent in a caller's room, in this process and without a job. */
interface CallerSession extends AsyncDisposable {
  readonly session: voice.AgentSession;
  /** Of the session, and of the briefing. */
  readonly models: Models;
  /** Everything that a transfer of this caller to a human agent of their own needs. */
  readonly options: Omit<WarmTransferOptions, 'sipConnection'>;
  /** The phone of that human agent; a later one replaces it. */
  phone(script?: PhoneScript, words?: Vocabulary): Phone;
}

/** A caller on the phone with an AI agent. */
export interface CallCenter extends CallerSession {
  readonly caller: PhoneCall;
}

let calls = 0;

export async function startCallCenter(lab: PhoneLab, given: Partial<Models> = {}): Promise<CallCenter> {
  calls += 1;
  const roomName = `caller-room-${calls}`;
  const caller = await lab.call({
    from: '+15550199',
    roomName,
    voice: voices.caller,
    vocabulary,
    script: async (call) => {
      await call.connected();
      call.tone();
    },
  });
  const agent = await startSession(lab, roomName, given);
  await caller.connected();
  return {
    ...agent,
    caller,
    [Symbol.asyncDispose]: async () => {
      if (caller.ended === undefined) await caller.hangUp();
      await agent[Symbol.asyncDispose]();
    },
  };
}

/** The phone of a human agent. */
export function phoneOf(lab: PhoneLab, number: string, script?: PhoneScript, words: Vocabulary = vocabulary): Phone {
  return lab.phone(number, script, { voice: voices.human, vocabulary: words });
}

/** Waits until a phone has heard what a voice says to its end: what a person says before it is over counts for less. */
export async function hearOut(call: PhoneCall, hz: number = voices.agent): Promise<void> {
  if (!call.ear.heard(hz)) await call.waitToHear(hz, { forMs: 300 });
  while (call.ear.firstHeardAt(hz, { from: Date.now() - 1000 }) !== undefined) await call.wait(100);
}

/** Answers, hears the briefing out, and says a word. */
export const answerAndSay =
  (word: keyof typeof vocabulary, hz: number = voices.agent): PhoneScript =>
  async (call) => {
    await call.answer();
    await hearOut(call, hz);
    await call.say(word);
  };

/** Answers, is audible, hears the briefing, and accepts by a key. */
export const accepts: PhoneScript = async (call) => {
  await call.answer();
  call.tone();
  await call.waitToHear(voices.agent);
  await call.press('1');
};

/** Runs a transfer that must connect the two. */
export async function connect(transfer: WarmTransfer): Promise<ConnectedOutcome> {
  const outcome = await transfer.run();
  if (outcome.status !== 'connected') throw new Error(outcome.describe(), { cause: outcome });
  return outcome;
}

/** The agent alone, for any caller in that room. */
export async function startSession(
  lab: PhoneLab,
  roomName: string,
  given: Partial<Models> = {},
): Promise<CallerSession> {
  initializeLogger({ pretty: false, level: 'error' });
  const room = await joinAs(lab, roomName, 'agent', 'agent');
  const shared = models(given);
  const session = new voice.AgentSession({
    ...shared,
    vad: null,
    turnHandling: { turnDetection: 'stt', interruption: { mode: 'vad' } },
  });
  await session.start({ agent: new voice.Agent({ instructions: PROMPT }), room, record: false });
  const human = freshNumber();
  return {
    session,
    models: shared,
    phone: (script, words) => phoneOf(lab, human, script, words),
    options: {
      session,
      room,
      url: lab.url,
      apiKey: lab.apiKey,
      apiSecret: lab.apiSecret,
      sipCallTo: human,
      sipTrunkId: lab.trunkId,
      merge: PATIENT,
      limits: { mergingMs: 30_000 },
      greetingSpeech: 'A caller asks for a person. Will you take the call?',
    },
    [Symbol.asyncDispose]: async () => {
      await session.close();
      await room.disconnect();
    },
  };
}

/** A client in a room. */
export async function joinAs(lab: PhoneLab, roomName: string, identity: string, kind?: 'agent'): Promise<Room> {
  const token = new AccessToken(lab.apiKey, lab.apiSecret, { identity });
  if (kind !== undefined) token.kind = kind;
  token.addGrant({ roomJoin: true, room: roomName });
  const room = new Room();
  await room.connect(lab.url, await token.toJwt());
  return room;
}
