import { initializeLogger } from '@livekit/agents';
import { Room } from '@livekit/rtc-node';
import { ScriptedTTS } from '@org/briefing-agent/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { validateTransferOptions } from '../../src/options/validate-transfer-options.js';
import type { PhaseAnnouncements } from '../../src/options/hold-announcements.js';
import { createHoldAudio } from '../../src/speech/create-hold-audio.js';
import { PhaseAnnouncer } from '../../src/speech/phase-announcer.js';
import type { TransferPhase, TransferPhaseEvent, WarmTransferOptions } from '../../src/index.js';
import { createSynthesize } from '../../src/speech/synthesize.js';

const sipCallTo = '+15550142';

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));

const phaseEvent = (phase: TransferPhase): TransferPhaseEvent => ({
  transferId: 't',
  at: 0,
  phase,
  caller: 'escalated',
  humanAgent: 'inactive',
});

function telling(texts: PhaseAnnouncements) {
  const said: { text: string; signal: AbortSignal }[] = [];
  const warnings: unknown[] = [];
  const hold = {
    state: 'playing' as const,
    announce: async (what: unknown, { signal }: { signal?: AbortSignal } = {}) => {
      said.push({ text: (what as { text: string }).text, signal: signal ?? AbortSignal.abort() });
      return 'announced' as const;
    },
  };
  return { said, warnings, phases: new PhaseAnnouncer(texts, hold, (cause) => warnings.push(cause)) };
}

describe('announcements to a caller on hold', () => {
  it.each<[object, string]>([
    [{ phaseAnnouncements: { rings: 'x' } }, '`phaseAnnouncements.rings` is unknown'],
    [{ phaseAnnouncements: { ringing: ' ' } }, '`phaseAnnouncements.ringing`'],
    [{ comfortMessage: '' }, '`comfortMessage`'],
    [{ comfortMessage: { text: '' } }, '`comfortMessage.text`'],
    [{ comfortMessage: { text: 'x', intervalMs: 10 } }, '`comfortMessage.intervalMs`'],
    [{ comfortMessage: 'x', holdAudio: null }, '`comfortMessage` or `holdAudio`'],
    [{ comfortMessage: 'x', holdAnnouncements: { items: ['a.wav'], intervalMs: 1000 } }, 'or `holdAnnouncements`'],
  ])('are rejected as %j, with the name of the option', (options, message) => {
    const check = (): unknown => validateTransferOptions({ sipCallTo, sipTrunkId: 'ST_1', ...options });
    expect(check).toThrow(message);
    expect(check).toThrow(expect.objectContaining({ code: 'invalid-option' }));
  });

  it.each<[object, string]>([
    [{ phaseAnnouncements: { ringing: 'x' } }, '`phaseAnnouncements` needs a TTS'],
    [{ comfortMessage: 'x' }, '`comfortMessage` needs a TTS'],
    [{ holdAnnouncements: { items: [{ text: 'x' }], intervalMs: 1000 } }, '`holdAnnouncements.items[0]` needs a TTS'],
    [{ holdAnnouncements: { items: [] } }, '`holdAnnouncements.items`'],
  ])('are rejected as %j without a TTS', (options, message) => {
    expect(() => createHoldAudio(options as WarmTransferOptions, new Room(), undefined)).toThrow(message);
  });

  it('are announced for the phases that have some, newer ones cutting off older ones', async () => {
    const { said, warnings, phases } = telling({ ringing: 'It rings.', briefing: ({ phase }) => `Now ${phase}.` });
    for (const phase of ['dialing', 'ringing', 'briefing', 'releasing'] as const) phases.announce(phaseEvent(phase));
    await new Promise(setImmediate);
    expect(said.map(({ text, signal }) => [text, signal.aborted])).toEqual([
      ['It rings.', true],
      ['Now briefing.', false],
    ]);
    expect(warnings).toEqual([]);
  });

  it('are announced for what is on the line instead of the human agent, and of nothing when it no longer is', async () => {
    const { said, phases } = telling({
      queue: ({ attemptId }) => `Attempt ${attemptId} is in a queue.`,
      menu: 'A menu.',
    });
    for (const waitingBehind of ['screening', 'queue', null] as const)
      phases.announce({ transferId: 't', attemptId: '1', at: 0, waitingBehind });
    await new Promise(setImmediate);
    expect(said.map(({ text, signal }) => [text, signal.aborted])).toEqual([['Attempt 1 is in a queue.', false]]);
  });

  it('may be none, and a function that fails is a warning', async () => {
    const broken = new Error('broken');
    const { said, warnings, phases } = telling({
      ringing: () => null,
      briefing: () => {
        throw broken;
      },
    });
    phases.announce(phaseEvent('ringing'));
    phases.announce(phaseEvent('briefing'));
    await new Promise(setImmediate);
    expect(said).toEqual([]);
    expect(warnings).toEqual([broken]);
  });
});

describe('a voice outside of a session', () => {
  const { signal } = new AbortController();

  it('returns the frames of a text', async () => {
    let samples = 0;
    const frames = await createSynthesize(new ScriptedTTS({ frequency: 440 }))('Twenty characters ok', { signal });
    for await (const frame of frames) samples += frame.samplesPerChannel;
    expect(samples / 24_000).toBeCloseTo(0.4, 1);
  });

  it('that fails, fails what it was to say, and nothing else', async () => {
    const voice = new ScriptedTTS({ frequency: 440, fails: new Error('no quota') });
    const read = async (): Promise<void> => {
      for await (const _frame of await createSynthesize(voice)('Hello', { signal })) expect.unreachable();
    };
    await expect(read()).rejects.toMatchObject({ cause: new Error('no quota') });
    expect(voice.listenerCount('error')).toBe(0);
  });
});
