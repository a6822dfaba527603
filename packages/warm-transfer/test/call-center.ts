import { initializeLogger, voice } from '@livekit/agents';
import { Room } from '@livekit/rtc-node';
import { ScriptedLLM, ScriptedSTT, ScriptedTTS } from '@org/briefing-agent/testing';
import type { Phone, PhoneCall, PhoneLab, PhoneOptions, PhoneScript } from '@org/phone-lab';
import { AccessToken } from 'livekit-server-sdk';
import type { WarmTransferOptions } from '../src/index.js';

/** Voices of the parties and the words that the human agent can say; Hz. */
export const voices = { caller: 1500, human: 1700, agent: 1900, briefing: 2100 } as const;
export const vocabulary = { yes: 2500, no: 2700 } as const;

let phones = 0;

/** A number that no other test of this run calls. */
export function freshNumber(): string {
  phones += 1;
  return `+1555${2_000_000 + phones}`;
}

const stt = (): ScriptedSTT => new ScriptedSTT({ words: { yes: vocabulary.yes, no: vocabulary.no } });

type Vocabulary = NonNullable<PhoneOptions['vocabulary']>;

/** An AI agent in a caller's room, in this process and without a job. */
interface CallerSession extends AsyncDisposable {
  readonly session: voice.AgentSession;
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

export async function startCallCenter(
  lab: PhoneLab,
  llm = new ScriptedLLM({ reply: () => undefined }),
): Promise<CallCenter> {
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
  const agent = await startSession(lab, roomName, llm);
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

/** The agent alone, for whoever is the caller in that room. */
export async function startSession(lab: PhoneLab, roomName: string, llm: ScriptedLLM): Promise<CallerSession> {
  initializeLogger({ pretty: false, level: 'error' });
  const room = await joinAs(lab, roomName, 'agent', 'agent');
  const session = new voice.AgentSession({
    stt: stt(),
    llm,
    tts: new ScriptedTTS({ frequency: voices.agent }),
    vad: null,
    turnHandling: { turnDetection: 'stt', interruption: { mode: 'vad' } },
  });
  await session.start({ agent: new voice.Agent({ instructions: 'You answer the phone.' }), room, record: false });
  const human = freshNumber();
  return {
    session,
    phone: (script, words) => phoneOf(lab, human, script, words),
    options: {
      session,
      room,
      url: lab.url,
      apiKey: lab.apiKey,
      apiSecret: lab.apiSecret,
      sipCallTo: human,
      sipTrunkId: lab.trunkId,
      stt: stt(),
      tts: new ScriptedTTS({ frequency: voices.briefing }),
      llm: new ScriptedLLM({
        reply: ({ userText, toolResult }) => {
          if (toolResult !== undefined) return undefined;
          return userText === 'yes'
            ? { call: { name: 'connect_to_caller' } }
            : { call: { name: 'decline_transfer', args: { reason: 'I am in a meeting.' } } };
        },
      }),
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
