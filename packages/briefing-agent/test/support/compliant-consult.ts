import { initializeLogger, llm, voice } from '@livekit/agents';
import { Room } from '@livekit/rtc-node';
import type { BriefingEvent } from '../../src/decision/briefing-event.ts';
import { type BriefingState, initialBriefing } from '../../src/decision/briefing-state.ts';
import { refusalText } from '../../src/decision/refusal.ts';
import type { BriefingEffect } from '../../src/decision/step.ts';
import { transition } from '../../src/decision/transition.ts';
import { type BriefingDecision, englishBriefing } from '../../src/index.ts';
import { ConsentReader } from '../../src/language/consent-reader.ts';
import type { BriefingNames } from '../../src/options/instruction-options.ts';
import { defaultKeys } from '../../src/options/keys.ts';
import { parseBriefingOptions } from '../../src/options/parse-briefing-options.ts';
import type { ToolCallHandler } from '../../src/session/briefing-tools.ts';
import { createBriefingAgent } from '../../src/session/create-briefing-agent.ts';
import { ScriptedLLM, ScriptedSTT, ScriptedTTS } from '../../src/testing.ts';
import { compliant } from './compliant-llm.ts';

initializeLogger({ pretty: false, level: 'silent' });

/** The part of the prompt that contains the injection: the conversation, or a name. */
export type Channel = 'conversation' | keyof BriefingNames;

/** A real agent session without a room, whose model obeys the caller; the test provides the words of the line. */
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

  /** @param hasOpinion whether there is a second opinion, which obeys the caller, too: it says yes when it sees their words */
  constructor(hasOpinion = false) {
    const reader = new ConsentReader(englishBriefing.consent);
    this.#unanswered = initialBriefing({ keys: defaultKeys, reader, hasOpinion, hasWords: true });
    this.#state = this.#unanswered;
  }

  async start(): Promise<void> {
    this.#agent.setTurnTaker('model');
    await this.#session.start({ agent: this.#agent, record: false });
  }

  /** Lets the human agent answer, and gives the model another conversation, or other names. */
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

  /** Runs a turn of the model, with all its tool calls. */
  async modelTurn(userInput?: string): Promise<void> {
    await this.#session.generateReply(userInput === undefined ? {} : { userInput }).waitForPlayout();
  }

  /** Runs two turns of the model; the agent speaks, and the human agent says nothing. */
  async humanIsSilent(injection: string, channel?: Channel): Promise<void> {
    await this.answer(injection, channel);
    await this.modelTurn();
    this.#agentAsks();
    await this.modelTurn();
  }

  /** Lets the agent speak and the human agent answer with these words, and runs two turns of the model. */
  async humanSays(injection: string, words: string, channel?: Channel): Promise<void> {
    await this.answer(injection, channel);
    this.#agentAsks();
    this.#post({ type: 'line-speaking', now: true });
    this.#post({ type: 'line-speaking', now: false });
    this.#post({ type: 'line-words', text: words });
    await this.modelTurn(words);
    await this.modelTurn();
  }

  /** Lets the agent speak, and runs two turns of the model after these words were typed in a chat. */
  async typed(injection: string, words: string): Promise<void> {
    await this.answer(injection);
    this.#agentAsks();
    await this.modelTurn(words);
    await this.modelTurn();
  }

  /** Lets the agent ask for a second, without interruption. */
  #agentAsks(): void {
    this.#post({ type: 'agent-speaking', now: true });
    this.#post({ type: 'agent-speaking', now: false });
    this.#post({ type: 'agent-asked', question: 'connect' });
  }

  /** Returns the refusal of a tool call that had no effect. */
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
