import { problem } from '@org/support';
import { refuse } from './checks/validate.js';

/**
 * A model of LiveKit's inference, made by `make`.
 *
 * @throws WarmTransferError `invalid-option`, by the name of the option: such a model needs a key of LiveKit Cloud.
 */
export function inferenceModel<Model>(option: string, make: () => Model): Model {
  try {
    return make();
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : 'it could not be made';
    refuse([problem(option, `names a model of LiveKit's inference: ${why}`)]);
    throw cause;
  }
}
