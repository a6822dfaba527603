import type { Room } from '@livekit/rtc-node';
import type { LineOptions, PhoneCall, PhoneLab, PhoneScript } from '@org/phone-lab';
import { RoomServiceClient, SipClient } from 'livekit-server-sdk';
import { Briefing, type BriefingOptions } from '../../src/index.ts';
import { ScriptedLLM, type ScriptedLLMOptions, ScriptedSTT } from '../../src/testing.ts';
import { agentTts, GREETING, HUMAN_VOICE, LONG_GREETING, words } from './lab.ts';
import { joinRoom } from './simulated-human.ts';

export interface ConsultOptions extends Partial<Omit<BriefingOptions, 'models' | 'room'>> {
  /** The model. Default {@link plainModel}. */
  reply?: ScriptedLLMOptions['reply'];
  /** Further changes of models. */
  models?: Partial<BriefingOptions['models']>;
}

/** The question after a refusal; long enough to be answered, 0.9 s. */
export const QUESTION =
  'May I connect you to the caller, who is on hold and waits for you, with a question about an invoice of last month?';

/** Connects on yes, declines on no, takes a beep for a voicemail, and otherwise says a sentence. */
export const plainModel: ScriptedLLMOptions['reply'] = ({ userText, toolResult }) => {
  if (toolResult !== undefined) return { say: QUESTION };
  const heard = userText.split(' ').at(-1);
  if (heard === 'yes') return { call: { name: 'connect_to_caller' } };
  if (heard === 'no') {
    return { call: { name: 'decline_transfer', args: { reason: 'too busy', redirect_to: 'billing' } } };
  }
  if (heard === 'beep') return { call: { name: 'voicemail_detected' } };
  return {
    say: 'It is about an invoice of last month, in which the amount is too high. Do you want to take the call, or not?',
  };
};

/** A model that always connects, and short limits, after which a line without a person ends with no-speech. */
export const connectsAnything: ConsultOptions = {
  reply: () => ({ call: { name: 'connect_to_caller' } }),
  greeting: LONG_GREETING,
  limits: { firstSpeechMs: 800, silenceMs: 1200 },
  sentences: { areYouThere: null },
};

let rooms = 0;
let calls = 0;

/** A consult room with a briefing that listens. Closes both. */
export class Consult implements AsyncDisposable {
  readonly room: Room;
  readonly roomName: string;
  readonly model: ScriptedLLM;
  readonly briefing: Briefing;
  readonly #lab: PhoneLab;

  private constructor(lab: PhoneLab, room: Room, roomName: string, options: ConsultOptions) {
    const { reply = plainModel, models, ...rest } = options;
    this.#lab = lab;
    this.room = room;
    this.roomName = roomName;
    this.model = new ScriptedLLM({ reply });
    this.briefing = new Briefing({
      room,
      humanIdentity: 'human',
      greeting: GREETING,
      ...rest,
      models: {
        stt: new ScriptedSTT({ words }),
        llm: this.model,
        tts: agentTts(),
        ...models,
      },
    });
  }

  static async open(lab: PhoneLab, options: ConsultOptions = {}): Promise<Consult> {
    const consult = await Consult.join(lab, options);
    await consult.briefing.start();
    return consult;
  }

  /** Joins the room, without starting the briefing. */
  static async join(lab: PhoneLab, options: ConsultOptions = {}): Promise<Consult> {
    rooms += 1;
    const roomName = `consult-${process.pid}-${rooms}`;
    return new Consult(lab, await joinRoom(lab, roomName, 'agent'), roomName, options);
  }

  /** Dials the human agent's phone. Resolves when it has been answered. */
  dial(script: PhoneScript, line: LineOptions = {}): Promise<PhoneCall> {
    return dialHuman(this.#lab, this.roomName, script, line);
  }

  /** Dials, and briefs the person who answers. */
  async brief(script: PhoneScript, line: LineOptions = {}): Promise<PhoneCall> {
    const call = await this.dial(script, line);
    this.briefing.brief();
    return call;
  }

  get rooms(): RoomServiceClient {
    return roomsOf(this.#lab);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.briefing.close();
    await this.room.disconnect();
    await deleteRoom(this.#lab, this.roomName);
  }
}

const roomsOf = ({ url, apiKey, apiSecret }: PhoneLab): RoomServiceClient =>
  new RoomServiceClient(url, apiKey, apiSecret);

/** Deletes a room if there is one. */
export async function deleteRoom(lab: PhoneLab, roomName: string): Promise<void> {
  const service = roomsOf(lab);
  if ((await service.listRooms([roomName])).length > 0) await service.deleteRoom(roomName);
}

/** Dials the human agent's phone into a room. Resolves when it has been answered. */
export async function dialHuman(
  lab: PhoneLab,
  roomName: string,
  script: PhoneScript,
  line: LineOptions = {},
): Promise<PhoneCall> {
  calls += 1;
  const number = `+1555${calls}`;
  const phone = lab.phone(number, script, { voice: HUMAN_VOICE, line });
  const sip = new SipClient(lab.url, lab.apiKey, lab.apiSecret);
  await sip.createSipParticipant(lab.trunkId, number, roomName, {
    participantIdentity: 'human',
    waitUntilAnswered: true,
  });
  return phone.nextCall();
}
