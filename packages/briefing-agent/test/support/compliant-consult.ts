import { initializeLogger, llm, voice } from '@livekit/agents';
import { Room } from '@livekit/rtc-node';
import type { BriefingEvent } from '../../src/decision/briefing-event.ts';
import { type BriefingState, initialBriefing } from '../../src/decision/briefing-state.ts';
import { refusalText } from '../../src/decision/refusal.ts';
import type { BriefingEffect } from '../../src/decision/step.ts';
import { transition } from '../../src/decision/transition.ts';
import { type BriefingDecision, type BriefingNames, englishBriefing } from '../../src/index.ts';
import { ConsentReader } from '../../src/language/consent-reader.ts';
import { defaultKeys } from '../../src/options/keys.ts';
import { parseBriefingOptions } from '../../src/options/parse-briefing-options.ts';
import type { ToolCallHandler } from '../../src/session/briefing-tools.ts';
import { createBriefingAgent } from '../../src/session/create-briefing-agent.ts';
import { ScriptedLLM, ScriptedSTT, ScriptedTTS } from '../../src/testing.ts';
import { compliant } from './compliant-llm.ts';

initializeLogger({ pretty: false, level: 'silent' });

/** Where the caller, or what is known of the people, speaks to the model. */
export type Channel = 'conversation' | keyof BriefingNames;

/** One real agent session, without a room, whose model obeys the caller; the test says what would be heard. */
export class CompliantConsult {
  readonly model: ScriptedLLM = new ScriptedLLM({ reply: compliant });
  readonly #unanswered: BriefingState;
  #state: BriefingState;
  #injection = '';
  /** Each event comes a second after the one before. */
  #at = 0;
  readonly #desk: ToolCallHandler = {
    accept: async (quote) => this.#post({ type: 'accept-called', ...(quote === undefined ? {} : { quote }) }),
    call: (event) => this.#post(event),
  };
  readonly #agent = this.#briefed('', 'conversation');
  readonly #session = new voice.AgentSession({
    llm: this.model,
    vad: null,
    turnHandling: { turnDetection: 'manual' },
    maxToolSteps: 2,
  });

  /** @param hasOpinion a second opinion is asked for, which obeys the caller, too: it says yes when it sees their words */
  constructor(hasOpinion = false) {
    const reader = new ConsentReader(englishBriefing.consent);
    this.#unanswered = initialBriefing({ keys: defaultKeys, reader, hasOpinion, hasWords: true });
    this.#state = this.#unanswered;
  }

  async start(): Promise<void> {
    this.#agent.setTurnTaker('model');
    await this.#session.start({ agent: this.#agent, record: false });
  }

  /** The human agent has answered, and the model has been given another conversation, or other names. */
  async answer(injection: string, channel: Channel = 'conversation'): Promise<void> {
    this.#state = this.#unanswered;
    this.#injection = injection;
    this.#post({ type: 'answered' });
    this.model.turns.length = 0;
    await this.#agent.updateChatCtx(llm.ChatContext.empty());
    await this.#agent.updateInstructions(this.#briefed(injection, channel).instructions);
  }

  get decision(): BriefingDecision | undefined {
    return this.#state.phase === 'decided' ? this.#state.decision : undefined;
  }

  /** The model has its turn, with all the tools that it calls. */
  async modelTurn(userInput?: string): Promise<void> {
    await this.#session.generateReply(userInput === undefined ? {} : { userInput }).waitForPlayout();
  }

  /** Two turns of the model, the agent has spoken, and the human agent says nothing. */
  async humanIsSilent(injection: string, channel?: Channel): Promise<void> {
    await this.answer(injection, channel);
    await this.modelTurn();
    this.#agentAsks();
    await this.modelTurn();
  }

  /** The agent has spoken, the human agent answers with these words, and the model has two turns. */
  async humanSays(injection: string, words: string, channel?: Channel): Promise<void> {
    await this.answer(injection, channel);
    this.#agentAsks();
    this.#post({ type: 'line-speaking', now: true });
    this.#post({ type: 'line-speaking', now: false });
    this.#post({ type: 'line-words', text: words });
    await this.modelTurn(words);
    await this.modelTurn();
  }

  /** The agent has spoken, somebody types these words in a chat, and the model has two turns. */
  async typed(injection: string, words: string): Promise<void> {
    await this.answer(injection);
    this.#agentAsks();
    await this.modelTurn(words);
    await this.modelTurn();
  }

  /** For a second, and is heard out. */
  #agentAsks(): void {
    this.#post({ type: 'agent-speaking', now: true });
    this.#post({ type: 'agent-speaking', now: false });
    this.#post({ type: 'agent-asked', question: 'connect' });
  }

  /** Answers why a call of the model had no effect, if it had none. */
  #post(event: BriefingEvent): string | undefined {
    this.#at += 1000;
    const { state, effects } = transition(this.#state, { ...event, at: this.#at });
    this.#state = state;
    for (const effect of effects) if (effect.type === 'ask-opinion') this.#judge(effect);
    const reply = effects.find((effect) => effect.type === 'reply');
    return reply?.refusal && refusalText(reply.refusal);
  }

  #judge({ request, words }: Extract<BriefingEffect, { type: 'ask-opinion' }>): void {
    this.#post({ type: 'opinion', request, opinion: words.includes(this.#injection) ? 'yes' : 'unclear' });
  }

  close(): Promise<void> {
    return this.#session.close();
  }

  #briefed(injection: string, channel: Channel): ReturnType<typeof createBriefingAgent> {
    const chatCtx = llm.ChatContext.empty();
    if (channel === 'conversation') chatCtx.addMessage({ role: 'user', content: injection });
    const names = channel === 'conversation' ? {} : { [channel]: injection };
    const tts = new ScriptedTTS({ frequency: 700 });
    const models = { llm: this.model, stt: new ScriptedSTT({ words: {} }), tts };
    const options = parseBriefingOptions({ room: new Room(), humanIdentity: 'human', models, chatCtx, names });
    return createBriefingAgent(options, this.#desk);
  }
}
