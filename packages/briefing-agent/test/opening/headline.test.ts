import { initializeLogger, llm } from '@livekit/agents';
import { Room } from '@livekit/rtc-node';
import { describe, expect, it } from 'vitest';
import { writeHeadline } from '../../src/opening/headline.ts';
import type { BriefingSettings } from '../../src/options/briefing-options.ts';
import { parseBriefingOptions } from '../../src/options/parse-briefing-options.ts';
import { ScriptedLLM, type ScriptedLLMOptions, ScriptedSTT, ScriptedTTS } from '../../src/testing.ts';

initializeLogger({ pretty: false, level: 'silent' });

const NOTHING = Promise.resolve(undefined);

interface WriteOptions extends Partial<BriefingSettings> {
  signal?: AbortSignal;
  written?: Promise<string | undefined>;
}

const modelOf = (headline: ScriptedLLMOptions['headline']): ScriptedLLM =>
  new ScriptedLLM({ reply: () => undefined, ...(headline === undefined ? {} : { headline }) });

function writtenBy(
  model: ScriptedLLM,
  conversation: string,
  { signal = new AbortController().signal, written = NOTHING, ...more }: WriteOptions = {},
): Promise<string | undefined> {
  const chatCtx = llm.ChatContext.empty();
  chatCtx.addMessage({ role: 'user', content: conversation });
  const models = { llm: model, stt: new ScriptedSTT({ words: {} }), tts: new ScriptedTTS({ frequency: 700 }) };
  const options = parseBriefingOptions({ room: new Room(), humanIdentity: 'human', models, chatCtx, ...more });
  return writeHeadline(options, written, signal);
}

async function headlineOf(
  headline: ScriptedLLMOptions['headline'],
  more: Partial<BriefingSettings> = {},
  written: Promise<string | undefined> = NOTHING,
): Promise<string | undefined> {
  return writtenBy(modelOf(headline), 'I am Jane, my card is 4111 1111 1111 1111.', { ...more, written });
}

const echo = (conversation: string): string => conversation;

describe('the headline', () => {
  it.each([
    ['Jane is on the line about an invoice.', 'Jane is on the line about an invoice.'],
    [' "Jane is on\nthe line" ', 'Jane is on the line.'],
    ['', undefined],
    ['Jane. '.repeat(60), undefined],
  ])('%j is said as %j', async (written, said) => {
    expect(await headlineOf(written)).toBe(said);
  });

  it('is written from the conversation that the model of the briefing gets, without card numbers', async () => {
    const said = await headlineOf(echo);
    expect(said).toContain('Caller: I am Jane, my card is (card number)');
    expect(said).not.toContain('<');
  });

  it("is written from the user's own text, if there is one, and not without a conversation", async () => {
    expect(await headlineOf(echo, { context: { scope: () => 'Own.' } }, Promise.resolve('Own.'))).toContain('Own.');
    expect(await headlineOf(echo, { context: { scope: 'none' } })).toBeUndefined();
  });

  it.each<[string, ScriptedLLMOptions['headline']]>([
    ['fails', () => Promise.reject(new Error('overloaded'))],
    ['hangs', () => new Promise(() => undefined)],
  ])('is undefined, within its time limit, when the model %s', async (_, headline) => {
    const from = performance.now();
    expect(await headlineOf(headline, { limits: { headlineMs: 200 } })).toBeUndefined();
    expect(performance.now() - from).toBeLessThan(1000);
  });
});

describe('headlines for phones that ring together', () => {
  it('share one request, also when one of the phones is canceled; another conversation has its own', async () => {
    const asked: string[] = [];
    const answers: ((headline: string) => void)[] = [];
    const model = modelOf((conversation) => {
      asked.push(conversation);
      return new Promise((resolve) => answers.push(resolve));
    });
    const given = new AbortController();
    const all = [
      writtenBy(model, 'I am Jane.', { signal: given.signal }),
      writtenBy(model, 'I am Jane.'),
      writtenBy(model, 'I am Jane.'),
      writtenBy(model, 'I am Joe.'),
    ];
    await expect.poll(() => asked.length).toBe(2);
    given.abort();
    for (const answer of answers) answer('Somebody is on the line.');
    expect(await Promise.all(all)).toEqual([undefined, ...Array(3).fill('Somebody is on the line.')]);
    expect(asked).toHaveLength(2);
    const later = writtenBy(model, 'I am Jane.');
    await expect.poll(() => asked.length).toBe(3);
    answers.at(-1)?.('Jane is on the line.');
    expect(await later).toBe('Jane is on the line.');
  });
});
