import { initializeLogger } from '@livekit/agents';
import { misuse, type OptionSubject } from '@org/support/testing';
import { describe, expect, it } from 'vitest';
import { prewarmTransfers, WarmTransfer, WarmTransferError } from '../../src/index.js';
import { allowedOfSettings, allowedOfTransfer, rightOptions } from '../support/valid-options.js';

initializeLogger({ pretty: false, level: 'silent' });

const isRefusal = (error: unknown): boolean => WarmTransferError.isInstance(error) && error.code === 'invalid-option';

const transfer: OptionSubject = {
  take: (options) => new WarmTransfer(options as never),
  right: rightOptions,
  isRefusal,
};

const run: OptionSubject = {
  take: (options) => new WarmTransfer(rightOptions() as never).run(options),
  right: () => ({}),
  isRefusal,
};

const prewarm: OptionSubject = {
  take: (options) => prewarmTransfers(options),
  right: () => ({ holdAudio: null }),
  isRefusal,
};

describe('WarmTransfer.run() and prewarmTransfers()', () => {
  it('rejects by its name every value that signal does not allow', async () => {
    expect([...(await misuse(run, 'signal', [])), ...(await misuse(prewarm, 'signal', []))]).toEqual([]);
  });

  it.each(['url', 'apiKey', 'apiSecret'])(
    'prewarming rejects by its name every value that %s does not allow',
    async (option) => {
      await expect(prewarmTransfers({ [option]: 5 })).rejects.toThrow(`\`${option}\` must be`);
    },
  );
});

describe('WarmTransfer', () => {
  it('takes the options that this test changes one by one', () => {
    expect(() => transfer.take(transfer.right())).not.toThrow();
  });

  it.each(Object.entries({ ...allowedOfSettings, ...allowedOfTransfer }))(
    'rejects by its name every value that %s does not allow',
    async (option, allowed) => {
      expect(await misuse(transfer, option, allowed)).toEqual([]);
    },
  );
});
