import { initializeLogger, stt } from '@livekit/agents';
import { Room } from '@livekit/rtc-node';
import { ScriptedSTT } from '@org/briefing-agent/testing';
import { describe, expect, it, vi } from 'vitest';
import { CallerHold } from '../../src/adapters/hold-adapter.js';
import { checkTransferOptions } from '../../src/options/validate-transfer-options.js';
import { isCancel } from '../../src/options/cancel-phrases.js';
import { HearCancel } from '../../src/speech/cancel-phrase-listener.js';
import { VirtualClock } from '../../src/testing.js';

describe('words by which a caller gets the AI back', () => {
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

  it.each([[[]], [['']], [['...']], ['cancel'], [[1]]])('are refused as %j', (cancelWords) => {
    const options = { sipCallTo: '+15550142', sipTrunkId: 'ST_1', cancelWords } as object;
    expect(() => checkTransferOptions(options)).toThrow('`cancelWords');
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
  const notes: unknown[] = [];
  const room = new Room();
  const note = (cause: unknown): void => void notes.push(cause);
  const hearCancel = new HearCancel({ room, callerIdentity: 'caller', words: ['cancel'], recognizer, note });
  let playing = false;
  const hold = {
    publish: () => undefined,
    start: async (): Promise<void> => void (playing = true),
    stop: async (): Promise<void> => void (playing = false),
    close: async (): Promise<void> => void (playing = false),
  };
  const clock = new VirtualClock();
  const caller = new CallerHold({ hold, hearCancel, clock });
  const starting = caller.start(new AbortController().signal);
  await clock.advance(200);
  await starting;
  return { notes, caller, playing: () => playing };
}

describe('a recognizer for them', () => {
  it('that throws at once takes no hold music away, and is a note', async () => {
    const refused = new Error('no such model');
    const recognizer = new Recognizer(() => {
      throw refused;
    });
    const { notes, caller, playing } = await onHold(recognizer);
    expect(playing()).toBe(true);
    expect(notes).toEqual([expect.objectContaining({ message: 'nobody listens for `cancelWords`', cause: refused })]);
    await caller.close();
    expect(notes).toHaveLength(1);
  });

  it('that fails while it listens takes no hold music away, and is a note', async () => {
    const recognizer = new Recognizer((owner) => new BreakingStream(owner));
    const { notes, caller, playing } = await onHold(recognizer);
    await vi.waitFor(() => expect(notes).not.toEqual([]));
    expect(playing()).toBe(true);
    expect(notes).toEqual([
      expect.objectContaining({
        message: 'nobody listens for `cancelWords` well',
        cause: new Error('no more credit'),
      }),
    ]);
    await caller.close();
    expect(recognizer.listenerCount('error')).toBe(0);
  });
});
