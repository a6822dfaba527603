import { ConsultRoomError } from '../consult-room-error.js';

/**
 * Wraps a handler of the application so that its errors, thrown or rejected, have no effect on this package. The first
 * error of each handler is reported with code `handler-failed` and the error as `cause`. Default: as a warning of the
 * process.
 */
export function guardHandler<Args extends readonly unknown[]>(
  name: string,
  handler: (...args: Args) => unknown,
  report: (error: ConsultRoomError) => void = warnProcess,
): (...args: Args) => void {
  let reported = false;
  const onError = (cause: unknown): void => {
    if (reported) return;
    reported = true;
    report(new ConsultRoomError('handler-failed', `${name} failed; the operation that called it continues`, { cause }));
  };
  return (...args) => {
    try {
      const returned = handler(...args);
      if (returned instanceof Promise) returned.catch(onError);
    } catch (cause) {
      onError(cause);
    }
  };
}

function warnProcess(error: ConsultRoomError): void {
  process.emitWarning(error);
}

/** Guards the option `onWarning`. Without it, only failures of other handlers are reported, as warnings of the process. */
export function guardOnWarning(
  onWarning: ((error: ConsultRoomError) => void) | undefined,
): (error: ConsultRoomError) => void {
  if (onWarning) return guardHandler('onWarning', onWarning);
  return (error) => {
    if (error.code === 'handler-failed') warnProcess(error);
  };
}
