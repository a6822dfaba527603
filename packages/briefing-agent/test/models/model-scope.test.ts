import { EventEmitter } from 'node:events';
import { type APIConnectOptions, APIError, initializeLogger, llm, stt, tokenize, tts } from '@livekit/agents';
import { describe, expect, it } from 'vitest';
import { ModelScope } from '../../src/index.ts';
import { ScriptedLLM, ScriptedTTS } from '../../src/testing.ts';

initializeLogger({ pretty: false, level: 'silent' });

/** Reports the failure and the metrics of a stream. */
const both = ['llm_error', 'llm_metrics'];

const once: APIConnectOptions = { maxRetry: 0, retryIntervalMs: 1, timeoutMs: 1000 };
const refused = (): never => {
  throw new APIError('429 Too Many Requests', { retryable: false });
};

/** Records the reports of a model from now on, outside and inside of a scope. */
function listenTo(model: EventEmitter, scope: ModelScope): { readonly outside: unknown[]; readonly inside: unknown[] } {
  const outside: unknown[] = [];
  const inside: unknown[] = [];
  const listen = (heard: unknown[]): void => {
    for (const event of ['error', 'metrics_collected']) model.on(event, ({ type }) => void heard.push(type));
  };
  listen(outside);
  scope.run(() => listen(inside));
  return { outside, inside };
}

async function readAll(stream: AsyncIterable<unknown>): Promise<void> {
  for await (const _piece of stream);
}

const ask = (model: llm.LLM): Promise<void> => {
  const chatCtx = llm.ChatContext.empty();
  return readAll(model.chat({ chatCtx, connOptions: once }));
};
const speak = (voice: tts.TTS): Promise<void> => {
  const stream = voice.stream({ connOptions: once });
  stream.pushText('Hello there. ');
  stream.endInput();
  return readAll(stream);
};
const settled = (work: () => Promise<void>): Promise<void> => work().catch(() => undefined);

describe('a model that is shared', () => {
  it('reports a failing stream of a scope to that scope only, and one from outside to the outside only', async () => {
    const model = new ScriptedLLM({ reply: refused });
    const scope = new ModelScope([model]);
    const { outside, inside } = listenTo(model, scope);
    await settled(() => scope.run(() => ask(model)));
    expect([outside, inside]).toEqual([[], both]);
    await settled(() => ask(model));
    expect([outside, inside]).toEqual([both, both]);
  });

  it('reports the metrics of a successful stream likewise, and ignores values that are not models', async () => {
    const model = new ScriptedLLM({ reply: () => ({ say: 'Hello.' }) });
    const scope = new ModelScope([model, null, undefined, 'no model']);
    const { outside, inside } = listenTo(model, scope);
    await scope.run(() => ask(model));
    expect([outside, inside]).toEqual([[], ['llm_metrics']]);
    await ask(model);
    expect([outside, inside]).toEqual([['llm_metrics'], ['llm_metrics']]);
  });

  it('separates two scopes, and is changed once', async () => {
    const model = new ScriptedLLM({ reply: refused });
    const [one, two] = [new ModelScope([model]), new ModelScope([model])];
    const heard = [listenTo(model, one), listenTo(model, two)];
    await settled(() => two.run(() => ask(model)));
    expect(heard.map(({ outside, inside }) => [outside, inside])).toEqual([
      [[], []],
      [[], both],
    ]);
  });

  it('removes listeners as usual, also those of `once`', async () => {
    const model = new ScriptedLLM({ reply: refused });
    const scope = new ModelScope([model]);
    const heard: string[] = [];
    const always = (): void => void heard.push('always');
    scope.run(() => {
      model.once('error', () => heard.push('once'));
      model.on('error', always);
    });
    await settled(() => scope.run(() => ask(model)));
    await settled(() => scope.run(() => ask(model)));
    expect(heard).toEqual(['once', 'always', 'always']);
    model.off('error', always);
    expect(model.listenerCount('error')).toBe(0);
  });
});

const error = new APIError('429 Too Many Requests', { retryable: false });
const voiceThatFails = (): ScriptedTTS => new ScriptedTTS({ frequency: 700, fails: error });
const failure = { type: 'tts_error', timestamp: 0, label: 'scripted-tts', error, recoverable: false } as const;

describe('a shared model behind an adapter', () => {
  it('reports nothing of a scope through an adapter that was created outside', () => {
    const inner = voiceThatFails();
    const adapter = new tts.StreamAdapter(inner, new tokenize.basic.SentenceTokenizer());
    const scope = new ModelScope([adapter]);
    const { outside, inside } = listenTo(adapter, scope);
    // The framework leaves a rejection behind after a stream of an adapter failed; this is its event before that.
    scope.run(() => inner.emit('error', failure));
    expect([outside, inside]).toEqual([[], ['tts_error']]);
    inner.emit('error', failure);
    expect([outside, inside]).toEqual([['tts_error'], ['tts_error']]);
  });

  it('reports nothing of a scope through a fallback adapter', async () => {
    const models = [new ScriptedLLM({ reply: refused }), new ScriptedLLM({ reply: refused })];
    const adapter = new llm.FallbackAdapter({ llms: models, maxRetryPerLLM: 0 });
    const scope = new ModelScope([adapter]);
    const { outside, inside } = listenTo(adapter, scope);
    await settled(() => scope.run(() => ask(adapter)));
    expect(outside).toEqual([]);
    expect(inside).toContain('llm_error');
  });

  it('reports nothing of a scope to a session that wraps the same model itself', async () => {
    const inner = voiceThatFails();
    const theirs = new tts.StreamAdapter(inner, new tokenize.basic.SentenceTokenizer());
    const scope = new ModelScope([inner]);
    const { outside } = listenTo(theirs, scope);
    await settled(() => scope.run(() => speak(inner)));
    expect(outside).toEqual([]);
  });
});

it('a shared model reports by the stream that uses a pooled socket, also when another one opened it', async () => {
  const socket = new EventEmitter();
  class Pooled extends stt.STT {
    label = 'pooled';
    constructor() {
      super({ streaming: true, interimResults: false });
    }
    protected override _recognize = refused;
    stream(): stt.SpeechStream {
      return new PooledStream(this, undefined, once);
    }
  }
  class PooledStream extends stt.SpeechStream {
    label = 'pooled';
    protected override run(): Promise<void> {
      return new Promise((_resolve, reject) => {
        socket.once('message', () => reject(new APIError('429', { retryable: false })));
      });
    }
  }
  const model = new Pooled();
  const scope = new ModelScope([model]);
  const { outside, inside } = listenTo(model, scope);
  const stream = scope.run(() => model.stream());
  await new Promise((resolve) => setTimeout(resolve, 5));
  // From the context of the other user of the socket.
  socket.emit('message');
  await readAll(stream);
  expect([outside, inside]).toEqual([[], ['stt_error']]);
});
