import { log, loggerOptions } from '@livekit/agents';

/**
 * Where a transfer writes what happens, as pino has it. Numbers, names, identities, room names, words and messages of
 * errors stand only in fields whose keys begin with `lk.pii.`, as LiveKit marks personal data.
 */
export interface TransferLogger {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

const ignore = (): void => undefined;
export const silentLogger: TransferLogger = Object.freeze({ debug: ignore, info: ignore, warn: ignore, error: ignore });

/** What is given, else that of the agents framework, which exists only in a worker. */
export function loggerOf(given: TransferLogger | undefined): TransferLogger {
  return given ?? (loggerOptions() === undefined ? silentLogger : log());
}
