import { inference, initializeLogger } from '@livekit/agents';
import { misuse, type OptionSubject } from '@org/support/testing';
import { describe, expect, it, vi } from 'vitest';
import { WarmTransfer, WarmTransferError, WarmTransferTask } from '../../src/index.js';
import { parseTaskOptions } from '../../src/task/parse-task-options.js';
import { allowedOfSettings, rightOptions, rightSettings } from '../support/valid-options.js';

initializeLogger({ pretty: false, level: 'silent' });

const task: OptionSubject = {
  take: (options) => new WarmTransferTask(options),
  right: () => ({ ...rightSettings(), callerIdentity: 'caller', instructions: { persona: 'You are brief.' } }),
  isRefusal: (error) => WarmTransferError.isInstance(error) && error.code === 'invalid-option',
};

/** Options of a task that differ from those of a transfer, with the wrong values that each allows. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  ...allowedOfSettings,
  onJobEnd: [],
  callerIdentity: ['abc', 'digits', 'lines', 'long'],
  extraInstructions: ['abc', 'digits', 'lines', 'long', 'empty', 'blank'],
  sipConnection: [],
  'sipConnection.hostname': ['abc', 'digits', 'long'],
  stt: ['abc', 'digits', 'lines', 'long', 'null'],
  llm: ['abc', 'digits', 'lines', 'long', 'null'],
  tts: ['abc', 'digits', 'lines', 'long', 'null'],
  turnDetection: ['null'],
};

/** Protobuf messages say `''` and `{}` for what was not given, and names that a task does not know are ignored. */
const lenient = /^(?:sipConnection|sipNumber|dtmf|cancelStt|announcementTts|holdCallerOn)/;

function silent(): void {}

function transferWith(wrong: object): () => WarmTransfer {
  return () => new WarmTransfer({ ...rightOptions(), ...wrong } as never);
}

describe('WarmTransferTask', () => {
  it('takes the options that this test changes one by one', () => {
    expect(() => task.take(task.right())).not.toThrow();
  });

  it("takes the framework's own detector of turns", () => {
    const turnDetection = new inference.TurnDetector({ version: 'v1-mini' });
    expect(() => task.take({ ...task.right(), turnDetection })).not.toThrow();
  });

  it.each(Object.entries(allowed).filter(([option]) => !lenient.test(option)))(
    'rejects by its name every value that %s does not allow',
    async (option, values) => {
      expect(await misuse(task, option, values)).toEqual([]);
    },
  );

  it('warns once of names that it does not know, and ignores them', () => {
    const warn = vi.fn();
    const options = {
      ...rightSettings(),
      ringingTimeoutMs: 5,
      logger: { debug: silent, info: silent, warn, error: silent },
    };
    void new WarmTransferTask(options);
    const hint = '`ringingTimeoutMs` is unknown; did you mean `ringingTimeout`?';
    expect(warn.mock.calls).toEqual([[{}, expect.stringContaining(hint)]]);
  });

  it('warns once of a connection that a trunk comes before, as for LiveKit’s server', () => {
    const warn = vi.fn();
    const logger = { debug: silent, info: silent, warn, error: silent };
    const sipConnection = { hostname: 'sip.example.com' };
    void new WarmTransferTask({ sipCallTo: '+15550142', sipTrunkId: 'ST_1', sipConnection, logger });
    expect(warn.mock.calls).toEqual([[{}, expect.stringContaining('`sipTrunkId` comes before `sipConnection`')]]);
  });

  it('takes the caller by their identity, which a transfer has from elsewhere', () => {
    const parsed = parseTaskOptions({ sipCallTo: '+15550142', sipTrunkId: 'ST_1', callerIdentity: 'ada' });
    expect(parsed).toMatchObject({ callerIdentity: 'ada', settings: { onCallEnded: 'end-job' } });
    expect(parsed.settings).not.toHaveProperty('callerIdentity');
  });

  it('names an option as its user wrote it', () => {
    const { targets: _targets, holdAudio: _holdAudio, ...rest } = rightSettings();
    const refused = (options: object) => () => void new WarmTransferTask({ ...rest, ...options });
    expect(refused({ transferTo: 'a b' })).toThrow('`transferTo` must be');
    expect(refused({ sipCallTo: '100', holdMusicUrl: 5 })).toThrow('`holdMusicUrl` ');
    expect(refused({ sipCallTo: '100', ringingTimeout: '30' })).toThrow('`ringingTimeout` must be');
  });
});

describe('WarmTransfer', () => {
  it('rejects names that it does not know, with the nearest one', () => {
    expect(transferWith({ ringingTimeoutMs: 5 })).toThrow(
      '`ringingTimeoutMs` is unknown; did you mean `ringingTimeout`?',
    );
  });

  it('names all options at fault together', () => {
    const wrong = { ringingTimeout: '30', tools: 'abc', briefing: { limits: { totalMs: '5' } }, holdAudio: 5 };
    const problems = ['ringingTimeout', 'tools', 'briefing.limits.totalMs', 'holdAudio'].map((option) =>
      expect.objectContaining({ option }),
    );
    expect(transferWith(wrong)).toThrow(expect.objectContaining({ problems }));
  });

  it('is rejected for a consult room that is the room of the caller, by the name of the option', () => {
    expect(transferWith({ roomName: 'caller-room' })).toThrow('`roomName` must not be the room the caller is in');
  });

  it('is rejected without a session', () => {
    expect(() => new WarmTransfer({ sipCallTo: '+15550142' } as never)).toThrow('`session` is missing');
  });
});
