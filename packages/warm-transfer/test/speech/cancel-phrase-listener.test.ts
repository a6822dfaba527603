import { initializeLogger, stt } from '@livekit/agents';
import { Room } from '@livekit/rtc-node';
import { ScriptedSTT } from '@org/briefing-agent/testing';
import { describe, expect, it, vi } from 'vitest';
import { HoldAdapter } from '../../src/adapters/hold-adapter.js';
import { validateTransferOptions } from '../../src/options/validate-transfer-options.js';
import { isCancel } from '../../src/options/cancel-phrases.js';
import { CancelPhraseListener } from '../../src/speech/cancel-phrase-listener.js';
import { VirtualClock } from '../../src/testing.js';

describe('phrases by which a caller is returned to the AI', () => {
  it.each<[readonly string[] | RegExp, string, boolean]>([
    [['cancel'], 'Cancel!', true],
    [['cancel'], 'Please, cancel that.', true],
    [['cancel'], 'I canceled it', false],
    [['go back'], 'Can you go  back, please?', true],
    [['go back'], 'go to the back', false],
    [['zurück'], 'Zurück zum Assistenten', true],
    [/^(stop|cancel)\b/gi, 'Stop it', true],
    [/^(stop|cancel)\b/gi, 'Do not stop', false],
  ])('%s in "%s": %s, every time', (words, said, is) => {
    expect([isCancel(words, said), isCancel(words, said)]).toEqual([is, is]);
  });

  it.each([[[]], [['']], [['...']], ['cancel'], [[1]]])('are refused as %j', (cancelPhrases) => {
    const options = { sipCallTo: '+15550142', sipTrunkId: 'ST_1', cancelPhrases } as object;
    expect(() => validateTransferOptions(options)).toThrow('`cancelPhrases');
  });
});

/** A recognizer whose streams are made by `stream`. */
class Recognizer extends ScriptedSTT {
  readonly #stream: (owner: stt.STT) => stt.SpeechStream;

  constructor(stream: (owner: stt.STT) => stt.SpeechStream) {
    super({ words: {} });
    this.#stream = stream;
  }

  override stream(): stt.SpeechStream {
    return this.#stream(this);
  }
}

class BreakingStream extends stt.SpeechStream {
  readonly label = 'breaking-stream';

  protected override async run(): Promise<void> {
    throw new Error('no more credit');
  }
}

/** A caller who is put on hold while `recognizer` listens. */
async function onHold(recognizer: stt.STT) {
  initializeLogger({ pretty: false, level: 'silent' });
  const warnings: unknown[] = [];
  const room = new Room();
  const warn = (cause: unknown): void => void warnings.push(cause);
  const cancelListener = new CancelPhraseListener({
    room,
    callerIdentity: 'caller',
    words: ['cancel'],
    recognizer,
    warn,
  });
  let playing = false;
  const hold = {
    publish: () => undefined,
    start: async (): Promise<void> => void (playing = true),
    stop: async (): Promise<void> => void (playing = false),
    close: async (): Promise<void> => void (playing = false),
  };
  const clock = new VirtualClock();
  const caller = new HoldAdapter({ hold, cancelListener, clock });
  const starting = caller.start(new AbortController().signal);
  await clock.advance(200);
  await starting;
  return { warnings, caller, playing: () => playing };
}

describe('a recognizer for them', () => {
  it('that throws immediately takes no hold music away, and is a warning', async () => {
    const refused = new Error('no such model');
    const recognizer = new Recognizer(() => {
      throw refused;
    });
    const { warnings, caller, playing } = await onHold(recognizer);
    expect(playing()).toBe(true);
    expect(warnings).toEqual([
      expect.objectContaining({ message: 'the listener for `cancelPhrases` failed to start', cause: refused }),
    ]);
    await caller.close();
    expect(warnings).toHaveLength(1);
  });

  it('that fails while it listens takes no hold music away, and is a warning', async () => {
    const recognizer = new Recognizer((owner) => new BreakingStream(owner));
    const { warnings, caller, playing } = await onHold(recognizer);
    await vi.waitFor(() => expect(warnings).not.toEqual([]));
    expect(playing()).toBe(true);
    expect(warnings).toEqual([
      expect.objectContaining({
        message: 'the STT for `cancelPhrases` failed',
        cause: new Error('no more credit'),
      }),
    ]);
    await caller.close();
    expect(recognizer.listenerCount('error')).toBe(0);
  });
});
