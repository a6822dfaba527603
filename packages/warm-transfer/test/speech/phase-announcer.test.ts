import { initializeLogger } from '@livekit/agents';
import { Room } from '@livekit/rtc-node';
import { ScriptedTTS } from '@org/briefing-agent/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkTransferOptions } from '../../src/options/validate-transfer-options.js';
import type { HoldTexts } from '../../src/options/hold-announcements.js';
import { newHold } from '../../src/speech/create-hold-audio.js';
import { TellPhases } from '../../src/speech/phase-announcer.js';
import type { TransferPhase, TransferPhaseEvent, WarmTransferOptions } from '../../src/index.js';
import { speakWith } from '../../src/speech/synthesize.js';

const sipCallTo = '+15550142';

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));

const phaseEvent = (phase: TransferPhase): TransferPhaseEvent => ({
  transferId: 't',
  at: 0,
  phase,
  caller: 'escalated',
  humanAgent: 'inactive',
});

function telling(texts: HoldTexts) {
  const said: { text: string; signal: AbortSignal }[] = [];
  const notes: unknown[] = [];
  const hold = {
    state: 'playing' as const,
    announce: async (what: unknown, { signal }: { signal?: AbortSignal } = {}) => {
      said.push({ text: (what as { text: string }).text, signal: signal ?? AbortSignal.abort() });
      return 'announced' as const;
    },
  };
  return { said, notes, phases: new TellPhases(texts, hold, (cause) => notes.push(cause)) };
}

describe('words for a caller on hold', () => {
  it.each<[object, string]>([
    [{ holdTexts: { rings: 'x' } }, '`holdTexts.rings` is unknown'],
    [{ holdTexts: { ringing: ' ' } }, '`holdTexts.ringing`'],
    [{ comfortText: '' }, '`comfortText`'],
    [{ comfortText: { text: '' } }, '`comfortText.text`'],
    [{ comfortText: { text: 'x', intervalMs: 10 } }, '`comfortText.intervalMs`'],
    [{ comfortText: 'x', holdAudio: null }, '`comfortText` or `holdAudio`'],
    [{ comfortText: 'x', holdAnnouncements: { items: ['a.wav'], intervalMs: 1000 } }, 'or `holdAnnouncements`'],
  ])('are refused as %j, with the name of the option', (options, message) => {
    const check = (): unknown => checkTransferOptions({ sipCallTo, sipTrunkId: 'ST_1', ...options });
    expect(check).toThrow(message);
    expect(check).toThrow(expect.objectContaining({ code: 'invalid-option' }));
  });

  it.each<[object, string]>([
    [{ holdTexts: { ringing: 'x' } }, '`holdTexts` needs a voice'],
    [{ comfortText: 'x' }, '`comfortText` needs a voice'],
    [{ holdAnnouncements: { items: [{ text: 'x' }], intervalMs: 1000 } }, '`holdAnnouncements.items[0]` needs a voice'],
    [{ holdAnnouncements: { items: [] } }, '`holdAnnouncements.items`'],
  ])('are refused as %j when nobody can speak or play them', (options, message) => {
    expect(() => newHold(options as WarmTransferOptions, new Room(), undefined)).toThrow(message);
  });

  it('are told for the phases that have some, newer ones cutting off older ones', async () => {
    const { said, notes, phases } = telling({ ringing: 'It rings.', briefing: ({ phase }) => `Now ${phase}.` });
    for (const phase of ['dialing', 'ringing', 'briefing', 'releasing'] as const) phases.tell(phaseEvent(phase));
    await new Promise(setImmediate);
    expect(said.map(({ text, signal }) => [text, signal.aborted])).toEqual([
      ['It rings.', true],
      ['Now briefing.', false],
    ]);
    expect(notes).toEqual([]);
  });

  it('are told of what is on the line instead of the human agent, and of nothing when it no longer is', async () => {
    const { said, phases } = telling({
      queue: ({ attemptId }) => `Attempt ${attemptId} is in a queue.`,
      menu: 'A menu.',
    });
    for (const waitingBehind of ['screening', 'queue', null] as const)
      phases.tell({ transferId: 't', attemptId: '1', at: 0, waitingBehind });
    await new Promise(setImmediate);
    expect(said.map(({ text, signal }) => [text, signal.aborted])).toEqual([['Attempt 1 is in a queue.', false]]);
  });

  it('may be none, and a function that fails is a note', async () => {
    const broken = new Error('broken');
    const { said, notes, phases } = telling({
      ringing: () => null,
      briefing: () => {
        throw broken;
      },
    });
    phases.tell(phaseEvent('ringing'));
    phases.tell(phaseEvent('briefing'));
    await new Promise(setImmediate);
    expect(said).toEqual([]);
    expect(notes).toEqual([broken]);
  });
});

describe('a voice outside of a session', () => {
  const { signal } = new AbortController();

  it('gives the frames of a text', async () => {
    let samples = 0;
    const frames = await speakWith(new ScriptedTTS({ frequency: 440 }))('Twenty characters ok', { signal });
    for await (const frame of frames) samples += frame.samplesPerChannel;
    expect(samples / 24_000).toBeCloseTo(0.4, 1);
  });

  it('that fails, fails what it was to say, and nothing else', async () => {
    const voice = new ScriptedTTS({ frequency: 440, fails: new Error('no quota') });
    const read = async (): Promise<void> => {
      for await (const _frame of await speakWith(voice)('Hello', { signal })) expect.unreachable();
    };
    await expect(read()).rejects.toMatchObject({ cause: new Error('no quota') });
    expect(voice.listenerCount('error')).toBe(0);
  });
});
