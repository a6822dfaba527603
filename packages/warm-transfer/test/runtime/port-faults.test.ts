import { describe, expect, it } from 'vitest';
import { defaultLimits } from '../../src/options/limits.js';
import { FakePorts, type PortCall, type PortFault } from '../../src/testing.js';
import { startRun, upTo } from '../support/start-run.js';

describe('whatever a port does,', () => {
  const calls: PortCall[] = [
    'caller.hold',
    'caller.restore',
    'caller.hangUp',
    'hold.start',
    'hold.stop',
    'hold.close',
    'targets.resolve',
    'policy.decide',
    'attempt',
    'consult.open',
    'consult.join',
    'consult.close',
    'dialer.dial',
    'briefing.start',
    'briefing.brief',
    'briefing.say',
    'briefing.close',
    'merge.publishTracks',
    'merge.merge',
    'merge.close',
  ];
  const faults: PortFault[] = ['throw', 'reject', 'hang'];
  const sum = Object.values(defaultLimits).reduce((total, ms) => total + ms, 0);

  it.each(calls.flatMap((call) => faults.map((fault) => [call, fault] as const)))(
    'when %s meets a %s, the transfer settles once, within its limits, and the caller is not stranded',
    async (call, fault) => {
      const ports = new FakePorts({ [call]: fault });
      const transfer = startRun(ports);
      await upTo(ports, 'connected');
      ports.humanLeaves('lost');
      await ports.clock.advance(sum + 60_000);
      expect(transfer.outcome()).toBeDefined();
      expect(transfer.ended()).toBe(true);
      expect(ports.callerHeld).toBe(false);
      expect(ports.clock.pending).toBe(0);
      expect(ports.watchers).toBe(0);
    },
  );
});
