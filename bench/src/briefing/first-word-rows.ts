import { inference, initializeLogger, llm } from '@livekit/agents';
import { Briefing, englishBriefing } from '@org/briefing-agent';
import { ScriptedLLM, ScriptedSTT, ScriptedTTS } from '@org/briefing-agent/testing';
import { startPhoneLab, type PhoneCall, type PhoneLab, type PhoneScript } from '@org/phone-lab';
import { SipClient } from 'livekit-server-sdk';
import type { BenchSize } from '../bench-size.js';
import { heardAt } from '../calls/heard-at.js';
import { voices } from '../calls/voices.js';
import { joinRoom } from '../cost/join-room.js';
import { atMost, type Results } from '../result/row.js';
import { takeAll } from '../take-all.js';

/** As of models that are not scripted: how long the voice takes to begin, and the words after the speech, ms. */
const [VOICE_MS, WORDS_MS] = [300, 600];
const FIRST_WORDS = 'Acme support';

/** When the human agent hears the first word of the headline, of a briefing with the bundled VAD. */
export async function measureFirstWord(size: BenchSize): Promise<Results> {
  initializeLogger({ pretty: false, level: 'silent' });
  await using lab = await startPhoneLab();
  const turns = Array.from({ length: size.calls }, (_, turn) => turn);
  const after = (turn: number, words: string | null): Promise<number> => firstWordAfter(lab, size, turn, words);
  const spoken = await takeAll(turns, size, (turn) => after(turn, FIRST_WORDS));
  const silent = await takeAll(turns, size, (turn) => after(size.calls + turn, null));
  return {
    rows: [
      {
        id: 'utterance-to-word',
        figure: `end of the human agent's first words → first word of the briefing, of a voice that begins after ${VOICE_MS} ms`,
        unit: 'ms',
        ours: spoken,
        goal: atMost(450, 'within 450 ms'),
        note: `their transcript comes after ${WORDS_MS} ms`,
      },
      {
        id: 'silence-to-word',
        figure: `answer without a word → first word of the briefing, of a voice that begins after ${VOICE_MS} ms`,
        unit: 'ms',
        ours: silent,
        goal: atMost(950, 'within 950 ms'),
      },
    ],
    series: [],
  };
}

/** From the end of these words, or from the answer without any, to the first sound of the agent at the phone. */
async function firstWordAfter(
  lab: PhoneLab,
  { neverMs }: BenchSize,
  turn: number,
  words: string | null,
): Promise<number> {
  const roomName = `bench-first-word-${turn}`;
  const chatCtx = llm.ChatContext.empty();
  chatCtx.addMessage({ role: 'user', content: 'I am Jane Doe, and my invoice of March is wrong.' });
  const room = await joinRoom(lab, roomName, 'agent');
  const briefing = new Briefing({
    room,
    humanIdentity: 'human',
    chatCtx,
    greeting: englishBriefing.sentences.greeting,
    models: {
      llm: new ScriptedLLM({ reply: () => undefined, headline: 'Jane Doe is on the line about an invoice.' }),
      stt: new ScriptedSTT({ speech: { texts: [FIRST_WORDS], mark: voices.human }, finalDelayMs: WORDS_MS }),
      tts: new ScriptedTTS({ frequency: voices.briefing, delayMs: VOICE_MS }),
      vad: new inference.VAD(),
    },
  });
  await briefing.start();
  let from = Date.now();
  const begunAt = from;
  const call = await dial(lab, roomName, `+1555070${turn}`, async (phone) => {
    await phone.ring(1_000);
    await phone.answer();
    from = Date.now();
    if (words === null) return;
    await phone.wait(500);
    await phone.speak(words);
    from = Date.now();
  });
  briefing.brief();
  try {
    const at = await heardAt(call.ear, voices.briefing, begunAt, neverMs);
    return at === undefined ? Number.POSITIVE_INFINITY : at - from;
  } finally {
    await call.hangUp();
    await briefing.close();
    await room.disconnect();
  }
}

/** Resolves when the phone has been answered. */
async function dial(lab: PhoneLab, roomName: string, number: string, script: PhoneScript): Promise<PhoneCall> {
  const phone = lab.phone(number, script, { voice: voices.human });
  const sip = new SipClient(lab.url.replace('ws', 'http'), lab.apiKey, lab.apiSecret, { failover: false });
  await sip.createSipParticipant(lab.trunkId, number, roomName, {
    participantIdentity: 'human',
    waitUntilAnswered: true,
  });
  return phone.nextCall();
}
