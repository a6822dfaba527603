import { type APIConnectOptions, DEFAULT_API_CONNECT_OPTIONS, llm } from '@livekit/agents';
import { OPINION_TASK } from '../decision/second-opinion.js';
import { HEADLINE_TASK } from '../opening/headline.js';
import { readTurn, type ScriptedTurn } from './scripted-turn.js';
import { sleep } from './sleep.js';

interface ScriptedCall {
  name: string;
  args?: object;
}

/** The scripted model's turn: a string to say, a tool call or several, both, or (undefined) nothing. */
export interface ScriptedReply {
  say?: string;
  call?: ScriptedCall | readonly ScriptedCall[];
}

/** Options of a {@link ScriptedLLM}. */
export interface ScriptedLLMOptions {
  /** Called once per turn. An error becomes a failure of the model. */
  reply: (turn: ScriptedTurn) => ScriptedReply | undefined | Promise<ScriptedReply | undefined>;
  /** Delay of each reply, in milliseconds. Default 0. */
  delayMs?: number;
  /**
   * Answers a briefing's request for a second opinion: no turn, no delay, and `reply` is not called. Default `unclear`, with
   * which only the language's phrases of yes connect. An error becomes a failure of that request.
   */
  opinion?: (words: string) => 'yes' | 'no' | 'unclear';
  /**
   * Writes the headline of a briefing from the conversation between its marks: no turn, and `reply` is not called. Default
   * none, with which the fixed sentence is said. An error becomes a failure of that request.
   */
  headline?: string | ((conversation: string) => string | Promise<string>);
}

/** A language model for tests: a function from the turn to the reply. */
export class ScriptedLLM extends llm.LLM {
  /** The turns that the model was asked for, oldest first. */
  readonly turns: ScriptedTurn[] = [];
  /** The words that it judged as a second opinion, oldest first. */
  readonly judged: string[] = [];
  readonly #options: ScriptedLLMOptions;

  constructor(options: ScriptedLLMOptions) {
    super();
    this.#options = options;
  }

  label(): string {
    return 'scripted-llm';
  }

  chat(request: {
    chatCtx: llm.ChatContext;
    toolCtx?: llm.ToolContextLike;
    connOptions?: APIConnectOptions;
  }): llm.LLMStream {
    const turn = readTurn(request.chatCtx, request.toolCtx);
    const isOpinion = turn.instructions.startsWith(OPINION_TASK);
    const isHeadline = turn.instructions.startsWith(HEADLINE_TASK);
    if (isOpinion) this.judged.push(JSON.parse(turn.userText));
    else if (!isHeadline) this.turns.push(turn);
    const answer = async (signal: AbortSignal): Promise<ScriptedReply | undefined> => {
      const { delayMs = 0, reply, opinion, headline = '' } = this.#options;
      if (isOpinion) return { say: opinion?.(JSON.parse(turn.userText)) ?? 'unclear' };
      if (isHeadline) return { say: typeof headline === 'string' ? headline : await headline(turn.userText) };
      return delayMs > 0 && !(await sleep(delayMs, signal)) ? undefined : reply(turn);
    };
    return new ScriptedLLMStream(this, answer, {
      chatCtx: request.chatCtx,
      ...(request.toolCtx === undefined ? {} : { toolCtx: request.toolCtx }),
      connOptions: request.connOptions ?? DEFAULT_API_CONNECT_OPTIONS,
    });
  }
}

class ScriptedLLMStream extends llm.LLMStream {
  readonly #answer: (signal: AbortSignal) => Promise<ScriptedReply | undefined>;

  constructor(
    owner: llm.LLM,
    answer: (signal: AbortSignal) => Promise<ScriptedReply | undefined>,
    request: { chatCtx: llm.ChatContext; toolCtx?: llm.ToolContextLike; connOptions: APIConnectOptions },
  ) {
    super(owner, request);
    this.#answer = answer;
  }

  protected async run(): Promise<void> {
    const reply = await this.#answer(this.abortController.signal);
    if (reply === undefined || this.queue.closed) return;
    if (reply.say !== undefined) {
      this.queue.put({ id: 'scripted', delta: { role: 'assistant', content: reply.say } });
    }
    const toolCalls = scriptedCalls(reply);
    if (toolCalls.length > 0) this.queue.put({ id: 'scripted', delta: { role: 'assistant', toolCalls } });
  }
}

let calls = 0;

/** Returns the tool calls of a reply, each with an id of its own. */
export function scriptedCalls({ call = [] }: ScriptedReply): llm.FunctionCall[] {
  return [call].flat().map(({ name, args = {} }) => {
    calls += 1;
    return llm.FunctionCall.create({ callId: `scripted_call_${calls}`, name, args: JSON.stringify(args) });
  });
}
