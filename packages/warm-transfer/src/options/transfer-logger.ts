import { log, loggerOptions } from '@livekit/agents';

/**
 * The log of a transfer, with the methods of pino. Numbers, names, identities, room names, words and messages of errors
 * are only in fields whose keys begin with `lk.pii.`, as LiveKit marks personal data.
 */
export interface TransferLogger {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

const ignore = (): void => undefined;
export const silentLogger: TransferLogger = Object.freeze({ debug: ignore, info: ignore, warn: ignore, error: ignore });

/** Returns the given logger, else that of the agents framework, which exists only in a worker. */
export function resolveLogger(given: TransferLogger | undefined): TransferLogger {
  return given ?? (loggerOptions() === undefined ? silentLogger : log());
}
