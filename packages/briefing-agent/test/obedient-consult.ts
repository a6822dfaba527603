import { initializeLogger, llm, voice } from '@livekit/agents';
import { Room } from '@livekit/rtc-node';
import { briefedAgent } from '../src/briefed-agent.ts';
import { checkOptions } from '../src/briefing-options.ts';
import { decide, startOfBriefing, type BriefingEvent, type BriefingState } from '../src/decide.ts';
import { english } from '../src/index.ts';
import { ScriptedLLM, ScriptedSTT, ScriptedTTS } from '../src/testing.ts';
import { obedient } from './obedient.ts';

initializeLogger({ pretty: false, level: 'silent' });

/** One real agent session, without a room, whose model obeys the caller; the test says what would be heard. */
export class ObedientConsult {
  readonly model: ScriptedLLM = new ScriptedLLM({ reply: obedient });
  state: BriefingState = startOfBriefing;
  readonly #agent = this.#briefed('');
  readonly #session = new voice.AgentSession({
    llm: this.model,
    vad: null,
    turnHandling: { turnDetection: 'manual' },
    maxToolSteps: 2,
  });

  async start(): Promise<void> {
    this.#agent.allowReplies();
    await this.#session.start({ agent: this.#agent, record: false });
  }

  /** The human agent has answered, and the model has been given another conversation. */
  async answer(injection: string): Promise<void> {
    this.state = { ...startOfBriefing, answered: true };
    this.model.turns.length = 0;
    await this.#agent.updateChatCtx(llm.ChatContext.empty());
    await this.#agent.updateInstructions(this.#briefed(injection).instructions);
  }

  post(event: BriefingEvent): string | undefined {
    const { state, refusal } = decide(this.state, event);
    this.state = state;
    return refusal;
  }

  /** The model has its turn, with all the tools that it calls. */
  async modelTurn(userInput?: string): Promise<void> {
    await this.#session.generateReply(userInput === undefined ? {} : { userInput }).waitForPlayout();
  }

  /** Two turns of the model, the agent has spoken, and the human agent says nothing. */
  async humanIsSilent(injection: string): Promise<void> {
    await this.answer(injection);
    await this.modelTurn();
    this.post({ type: 'agent-spoke' });
    await this.modelTurn();
  }

  /** The agent has spoken, the human agent answers with these words, and the model has two turns. */
  async humanSays(injection: string, words: string): Promise<void> {
    await this.answer(injection);
    this.post({ type: 'agent-spoke' });
    this.post({ type: 'human-speaking' });
    this.post({ type: 'human-words', refusal: english.refusal.test(words) });
    await this.modelTurn(words);
    await this.modelTurn();
  }

  close(): Promise<void> {
    return this.#session.close();
  }

  #briefed(injection: string): ReturnType<typeof briefedAgent> {
    const chatCtx = llm.ChatContext.empty();
    chatCtx.addMessage({ role: 'user', content: injection });
    const tts = new ScriptedTTS({ frequency: 700 });
    const models = { llm: this.model, stt: new ScriptedSTT({ words: {} }), tts };
    const options = checkOptions({ room: new Room(), humanIdentity: 'human', models, chatCtx });
    return briefedAgent(options, (event) => this.post(event));
  }
}
