import { ConsultRoomError } from '../consult-room-error.js';

/**
 * Wraps a handler of the user so that an error of theirs ends nothing of ours, neither thrown nor as a rejection. The
 * first one of each handler is reported, with code `handler-failed` and the error as `cause`. Default: as a warning of
 * the process.
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
    report(new ConsultRoomError('handler-failed', `${name} failed; what called it continues`, { cause }));
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

/** The option `onWarning`, guarded. Without it only the failure of another handler is reported, by the process. */
export function guardOnWarning(
  onWarning: ((error: ConsultRoomError) => void) | undefined,
): (error: ConsultRoomError) => void {
  if (onWarning) return guardHandler('onWarning', onWarning);
  return (error) => {
    if (error.code === 'handler-failed') warnProcess(error);
  };
}
