import { SipDialer } from '@org/sip-dialer';
import { RoomServiceClient } from 'livekit-server-sdk';
import { describe, expect, it } from 'vitest';
import { toBriefingOptions } from '../../src/wiring/briefing-options.js';
import { createAttemptPorts, createConsultRoomAdapter } from '../../src/wiring/create-attempt-ports.js';
import type { WarmTransferOptions } from '../../src/index.js';
import { resolveLimits } from '../../src/options/limits.js';
import { locateCaller } from '../../src/session/locate-caller.js';
import { resolveBriefingModels } from '../../src/wiring/briefing-models.js';
import type { AttemptPorts } from '../../src/runtime/ports.js';
import { FakePorts } from '../../src/testing.js';
import { startRun, upTo } from '../support/start-run.js';
import { optionsWithoutServer } from '../support/without-server.js';

const target = { sipCallTo: '+15550142' };

type Limits = Pick<WarmTransferOptions, 'limits' | 'briefing'>;

/** Of an attempt as it is made for a transfer with these limits. */
function limitsOfAttempt(given: Limits): NonNullable<AttemptPorts['limits']> {
  const options = { ...optionsWithoutServer(), ...given };
  const location = locateCaller(options);
  const { url, apiKey, apiSecret } = location;
  const ports = createAttemptPorts(
    {
      options,
      location,
      models: resolveBriefingModels(options),
      dialer: new SipDialer({ url, apiKey, apiSecret }),
      rooms: new RoomServiceClient(url, apiKey, apiSecret),
      limits: resolveLimits(options.limits),
      transferId: 'transfer-1',
      synthesize: undefined,
      warn: () => undefined,
      onWaiting: () => undefined,
    },
    target,
    createConsultRoomAdapter({ options, location, transferId: 'transfer-1' }, '1'),
  );
  return ports.limits ?? {};
}

/** Ports of which each attempt keeps these limits. */
function portsWith(limits: NonNullable<AttemptPorts['limits']>): FakePorts {
  class LimitedPorts extends FakePorts {
    override attempt(...of: Parameters<FakePorts['attempt']>): ReturnType<FakePorts['attempt']> {
      return Object.assign(super.attempt(...of), { limits });
    }
  }
  return new LimitedPorts({ 'briefing.brief': 'hang', 'briefing.say': 'hang' });
}

describe('the limits of a briefing', () => {
  // The transfer's own guard is 2 s later than the briefing, with its last sentence and all waits, would end by itself.
  const waitingMs = 300_000;
  it.each<[string, Limits, { totalMs: number; sayMs: number }]>([
    ['not given', {}, { totalMs: 120_000, sayMs: 8_000 }],
    ['those of the transfer', { limits: { briefingMs: 50_000, farewellMs: 4_000 } }, { totalMs: 50_000, sayMs: 4_000 }],
    [
      'smaller in `briefing.limits`',
      { briefing: { limits: { totalMs: 10_000, sayMs: 1_000 } } },
      { totalMs: 10_000, sayMs: 1_000 },
    ],
    [
      'greater in `briefing.limits`',
      { briefing: { limits: { totalMs: 400_000, sayMs: 30_000 } } },
      { totalMs: 400_000, sayMs: 30_000 },
    ],
    [
      'in `briefing.limits`, whatever those of the transfer say',
      { limits: { briefingMs: 50_000, farewellMs: 4_000 }, briefing: { limits: { totalMs: 70_000, sayMs: 6_000 } } },
      { totalMs: 70_000, sayMs: 6_000 },
    ],
  ])('are kept by briefing and transfer alike: %s', async (_, given, { totalMs, sayMs }) => {
    const options = { ...optionsWithoutServer(), ...given };
    const briefing = toBriefingOptions(options, target, resolveLimits(options.limits));
    expect(briefing.limits).toMatchObject({ totalMs, sayMs });

    const ports = portsWith(limitsOfAttempt(given));
    const transfer = startRun(ports);
    await upTo(ports, 'briefing');
    await ports.clock.advance(totalMs + waitingMs + sayMs + 1_999);
    expect(transfer.outcome()).toBeUndefined();
    await ports.clock.advance(1);
    expect(transfer.outcome()).toMatchObject({ ending: { status: 'timed-out', limit: 'briefing' } });
    // A human agent who does not hear the whole sentence is hung up on.
    expect(ports.calls).toContain('briefing.say');
    await ports.clock.advance(sayMs - 1);
    expect(ports.calls).not.toContain('consult.close');
    await ports.clock.advance(1);
    expect(ports.calls).toContain('consult.close');
  });
});
