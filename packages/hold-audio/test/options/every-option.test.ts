import { allowing, misuse, type OptionSubject, wrongValues } from '@org/support/testing';
import { describe, expect, it } from 'vitest';
import { HoldAudio, HoldAudioError, clipSequence } from '../../src/index.js';
import { FakeHoldRoom } from '../../src/testing.js';

const { nothing, text, flag, callback } = allowing;
const clip = ['abc', 'digits', 'lines', 'long', 'bytes'];
const room = new FakeHoldRoom();
const refusals: readonly string[] = ['invalid-option', 'source-unsupported'];
const isRefusal = (error: unknown): boolean => HoldAudioError.isInstance(error) && refusals.includes(error.code);

async function* spoken(): AsyncGenerator<never> {}

function speaking(): HoldAudio {
  return new HoldAudio({ room, synthesize: spoken });
}

const subjects: Readonly<Record<string, [OptionSubject, Readonly<Record<string, readonly string[]>>]>> = {
  'new HoldAudio()': [
    {
      take: (options) => new HoldAudio(options as never),
      right: () => ({
        room,
        source: [{ source: 'a.wav' }],
        announcements: { items: [{ text: 'You are next.' }], intervalMs: 5000 },
        synthesize: spoken,
      }),
      isRefusal,
    },
    {
      room: nothing,
      source: ['null', 'function', ...clip],
      'source[0]': nothing,
      'source[0].source': ['function', ...clip],
      'source[0].volume': ['0', '1.5'],
      'source[0].probability': ['0', '1.5', '2**53'],
      volume: ['0'],
      startAt: nothing,
      fadeInMs: ['0', '1.5'],
      fadeOutMs: ['0', '1.5'],
      trackName: text,
      stallTimeoutMs: nothing,
      announcements: nothing,
      'announcements.items': nothing,
      'announcements.items[0]': ['function', ...clip],
      'announcements.items[0].text': text,
      'announcements.intervalMs': nothing,
      'announcements.firstAfterMs': ['0', '1.5'],
      announcementVolume: ['0', '1.5'],
      duckTo: ['0'],
      maxSourceBytes: ['1.5'],
      maxSourceMs: nothing,
      fetchTimeoutMs: ['1.5'],
      decodeTimeoutMs: ['1.5'],
      maxRedirects: ['0', '1.5'],
      allowPrivateHosts: flag,
    },
  ],
  'new HoldAudio() with a sequence': [
    {
      take: (options) => new HoldAudio(options as never),
      right: () => ({ room, source: clipSequence([{ source: 'a.wav' }]) }),
      isRefusal,
    },
    {
      'source.items': nothing,
      'source.items[0]': clip,
      'source.items[0].source': clip,
      'source.items[0].volume': ['0', '1.5'],
      'source.items[0].intervalMs': ['0', '1.5'],
      synthesize: callback,
    },
  ],
  'announce()': [
    {
      take: (options) => speaking().announce({ text: 'You are next.' }, options),
      right: () => ({}),
      isRefusal,
    },
    { signal: nothing },
  ],
  'load()': [
    {
      take: (options) => new HoldAudio({ room, source: null }).load(options),
      right: () => ({}),
      isRefusal,
    },
    { signal: nothing },
  ],
  'start()': [
    {
      take: async (options) => {
        await using hold = new HoldAudio({ room, source: null });
        await hold.start(options);
      },
      right: () => ({}),
      isRefusal,
    },
    { signal: nothing },
  ],
};

describe.each(Object.entries(subjects))('%s', (_name, [subject, options]) => {
  it('takes the options that this test changes one by one', async () => {
    await (async () => subject.take(subject.right()))();
  });

  it.each(Object.entries(options))(
    'rejects by its name every value that %s does not allow',
    async (option, allowed) => {
      expect(await misuse(subject, option, allowed)).toEqual([]);
    },
  );
});

it('announce() names what is wrong within an announcement', async () => {
  const announced = speaking().announce({ text: ' ' });
  await expect(announced).rejects.toThrow('`announcement.text` must be a string that is not empty');
});

it('announce() rejects by its name every value that is not an announcement', async () => {
  const allowed: string[] = [];
  const refused: boolean[] = [];
  for (const [name, value] of wrongValues) {
    const error: unknown = await speaking()
      .announce(value as never)
      .then(() => undefined, identity);
    if (error === undefined) allowed.push(name);
    else refused.push(isRefusal(error) && error instanceof Error && error.message.startsWith('`announcement`'));
  }
  expect(allowed.toSorted()).toEqual([...clip, 'function'].toSorted());
  expect(new Set(refused)).toEqual(new Set([true]));
});

function identity(error: unknown): unknown {
  return error;
}
