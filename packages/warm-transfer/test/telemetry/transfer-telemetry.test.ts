import { initializeLogger, log } from '@livekit/agents';
import * as api from '@opentelemetry/api';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { TransferOutcome } from '../../src/index.js';
import { defaultLimits } from '../../src/options/limits.js';
import { describeError } from '../../src/telemetry/describe-error.js';
import { loadOpenTelemetry } from '../../src/telemetry/load-opentelemetry.js';
import { resolveLogger, silentLogger, type TransferLogger } from '../../src/options/transfer-logger.js';
import { TransferTelemetry } from '../../src/telemetry/transfer-telemetry.js';
import { describeOutcome } from '../../src/outcome/describe-outcome.js';
import { TransferRunner } from '../../src/runtime/transfer-runner.js';
import { FakePorts, settlePromises } from '../../src/testing.js';
import { getStatus } from '../../src/outcome/transfer-phase.js';

const secrets = {
  number: '+15550142',
  human: 'human-agent-ada-lovelace',
  caller: 'sip_+15550199',
  room: 'room-of-mr-smith',
  reason: 'Mr Smith owes us money',
} as const;

const exporter = new InMemorySpanExporter();
beforeAll(() => {
  api.trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }));
});
afterEach(() => exporter.reset());
afterAll(() => api.trace.disable());

interface Line {
  readonly level: string;
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

function memoryLogger(lines: Line[]): TransferLogger {
  const write =
    (level: string) =>
    (fields: object, message: string): void =>
      void lines.push({ level, message, fields: { ...fields } });
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}

function watched(logger?: TransferLogger) {
  const ports = new FakePorts();
  const warnings: unknown[] = [];
  const observer = new TransferTelemetry({
    transferId: 'transfer-1',
    logger,
    findTarget: () => ({ sipCallTo: secrets.number }),
    warn: (cause) => warnings.push(cause),
  });
  const run = new TransferRunner({
    ports,
    limits: defaultLimits,
    setup: { holdCallerOn: 'dial', maxAttempts: 3 },
    onStep: (state) => observer.onState(state, ports.clock.now()),
    onState: (state) => observer.phase({ transferId: 'transfer-1', at: ports.clock.now(), ...getStatus(state) }),
    onWarning: (cause) => observer.warned(cause),
  });
  void run.ended.then((over) => observer.ended(over));
  observer.began(ports.clock.now(), secrets.room, secrets.caller);
  run.start();
  const settle = (what: object): void => {
    const known = { transferId: 'transfer-1', timings: { startedAt: 0, settledAt: 7, phasesMs: {} }, warnings: [] };
    const attempts = [{ attemptId: '1', sipCallTo: secrets.number, timings: { startedAt: 0 }, transcript: [] }];
    observer.settled({ ...known, attempts, transcript: [], describe: describeOutcome, ...what } as never);
  };
  return { ports, run, warnings, observer, settle };
}

/** One who answers, is briefed and says no. */
async function declined(logger?: TransferLogger) {
  const transfer = watched(logger);
  const { ports, run } = transfer;
  await ports.clock.advance(10);
  ports.phoneRings();
  await ports.clock.advance(10);
  ports.dialReports({ type: 'answered', humanIdentity: secrets.human });
  await ports.clock.advance(10);
  ports.humanDecides({ type: 'declined', reason: secrets.reason });
  transfer.settle({
    status: 'declined',
    reason: secrets.reason,
    caller: 'returned',
  } satisfies Partial<TransferOutcome>);
  await ports.clock.advance(10);
  await run.ended;
  await settlePromises();
  return transfer;
}

/** The text of all fields except the marked ones. */
function open(value: unknown): string {
  return JSON.stringify(value, (key, inner: unknown) => (key.startsWith('lk.pii.') ? undefined : inner));
}

const missing = (): never => {
  throw new Error('Cannot find module');
};

describe('spans', () => {
  it('are of the transfer, its phases, its attempts and theirs, each below what it is part of', async () => {
    await declined();
    const spans = exporter.getFinishedSpans();
    const nameOf = (id: string | undefined) => spans.find((span) => span.spanContext().spanId === id)?.name;
    const tree = spans.map(({ name, parentSpanContext }) => `${name} < ${nameOf(parentSpanContext?.spanId) ?? 'root'}`);
    expect(new Set(tree)).toEqual(
      new Set([
        'warm_transfer < root',
        ...['resolving', 'attempting', 'deciding', 'releasing'].map(
          (phase) => `warm_transfer.${phase} < warm_transfer`,
        ),
        'warm_transfer.attempt < warm_transfer',
        ...['opening', 'dialing', 'ringing', 'briefing', 'closing'].map(
          (phase) => `warm_transfer.attempt.${phase} < warm_transfer.attempt`,
        ),
      ]),
    );
    const whole = spans.find(({ name }) => name === 'warm_transfer');
    expect(whole?.attributes).toEqual({ 'warm_transfer.id': 'transfer-1', 'warm_transfer.status': 'declined' });
    const attempt = spans.find(({ name }) => name === 'warm_transfer.attempt');
    expect(attempt?.attributes).toEqual({
      'warm_transfer.attempt_id': '1',
      'warm_transfer.status': 'declined',
      'lk.pii.sip_call_to': secrets.number,
      'lk.pii.participant_identity': secrets.human,
    });
  });

  it('hold no personal data but in attributes that are marked', async () => {
    await declined();
    const spans = exporter
      .getFinishedSpans()
      .map(({ name, attributes, events, status }) => open({ name, attributes, events, status }));
    expect(spans.length).toBeGreaterThan(8);
    for (const secret of Object.values(secrets)) expect(spans.join()).not.toContain(secret);
  });

  it('are none without the API', () => {
    expect(loadOpenTelemetry(missing)).toBeUndefined();
    expect(loadOpenTelemetry()?.trace).toBeDefined();
  });
});

describe('the log', () => {
  it('reports begin, phases, trouble and outcome, with personal data only in fields that are marked', async () => {
    const lines: Line[] = [];
    const { observer } = await declined(memoryLogger(lines));
    const token = `eyJhbGciOiJIUzI1NiJ9.${'a'.repeat(20)}.${'b'.repeat(20)}`;
    observer.warned(new Error(`no ${secrets.room} for ${token}`, { cause: new TypeError(secrets.number) }));
    observer.promoted({ promoted: true, humanIdentity: secrets.human, tookMs: 1 });
    expect(new Set(lines.map(({ level }) => level))).toEqual(new Set(['debug', 'info', 'warn']));
    expect(lines.map(({ fields }) => fields['transferId'])).toEqual(lines.map(() => 'transfer-1'));
    for (const secret of Object.values(secrets)) expect(open(lines)).not.toContain(secret);
    expect(JSON.stringify(lines)).toContain(secrets.reason);
    expect(JSON.stringify(lines)).toContain(secrets.number);
    expect(JSON.stringify(lines)).not.toContain(token);
  });

  it('is that of the agents framework when there is one, and none otherwise', () => {
    // The framework keeps it in the process, where another file may have made one.
    Reflect.set(globalThis, Symbol.for('@livekit/agents:loggerOptions'), undefined);
    expect(resolveLogger(undefined)).toBe(silentLogger);
    initializeLogger({ pretty: false, level: 'silent' });
    expect(resolveLogger(undefined)).toBe(log());
    expect(resolveLogger(silentLogger)).toBe(silentLogger);
  });

  it('that throws is a warning, and not used any more', async () => {
    const broken = new Error('disk full');
    const fail = (): never => {
      throw broken;
    };
    const { warnings } = await declined({ debug: fail, info: fail, warn: fail, error: fail });
    expect(warnings).toEqual([broken]);
  });

  it('says of what was thrown its kind and code openly, and its words as personal data', () => {
    const cause = Object.assign(new RangeError('secret'), { code: 'invalid-option' });
    expect(describeError(cause)).toEqual({
      errorName: 'RangeError',
      errorCode: 'invalid-option',
      'lk.pii.error': 'secret',
    });
    expect(describeError('secret')).toEqual({ errorName: 'string' });
  });

  it('reports every part of an error that has several, and of what each came from', async () => {
    const lines: Line[] = [];
    const { observer } = await declined(memoryLogger(lines));
    const token = `eyJhbGciOiJIUzI1NiJ9.${'a'.repeat(20)}.${'b'.repeat(20)}`;
    const parts = [
      new Error('the room could not be deleted', { cause: new Error(`not with ${token}`) }),
      new AggregateError([new Error('the phone still rings')], 'the phone could not be hung up'),
    ];
    observer.warned(new AggregateError(parts, 'the consult room did not close', { cause: new Error('no answer') }));
    expect(lines.at(-1)).toMatchObject({
      level: 'warn',
      fields: {
        errorName: 'AggregateError',
        'lk.pii.error':
          'the consult room did not close: no answer: the room could not be deleted: not with [token]: the phone could not be hung up: the phone still rings',
      },
    });
  });
});
