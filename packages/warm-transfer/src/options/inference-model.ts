import { problem } from '@org/support';
import { throwIfInvalid } from './checks/validate.js';

/**
 * Returns the model of LiveKit's inference that `make` creates.
 *
 * @throws WarmTransferError `invalid-option`, with the name of the option: such a model needs a key of LiveKit Cloud.
 */
export function inferenceModel<Model>(option: string, make: () => Model): Model {
  try {
    return make();
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : 'it could not be created';
    throwIfInvalid([problem(option, `names a model of LiveKit's inference: ${why}`)]);
    throw cause;
  }
}
