import { initializeLogger } from '@livekit/agents';
import { misuse, type OptionSubject } from '@org/support/testing';
import { describe, expect, it } from 'vitest';
import { WarmTransfer, WarmTransferError } from '../../src/index.js';
import { allowedOfSettings, allowedOfTransfer, rightOptions } from './right-options.js';

initializeLogger({ pretty: false, level: 'silent' });

const isRefusal = (error: unknown): boolean => WarmTransferError.isInstance(error) && error.code === 'invalid-option';

const transfer: OptionSubject = {
  take: (options) => new WarmTransfer(options as never),
  right: rightOptions,
  isRefusal,
};

describe('WarmTransfer', () => {
  it('takes the options that this test changes one by one', () => {
    expect(() => transfer.take(transfer.right())).not.toThrow();
  });

  it.each(Object.entries({ ...allowedOfSettings, ...allowedOfTransfer }))(
    'refuses by its name whatever %s does not allow',
    async (option, allowed) => {
      expect(await misuse(transfer, option, allowed)).toEqual([]);
    },
  );
});
