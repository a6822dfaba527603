import { createRequire } from 'node:module';
import type * as Telemetry from '@opentelemetry/api';

export type TelemetryApi = typeof Telemetry;

/** The OpenTelemetry API, if the application has it; whichever copy, they share what is registered. */
export function findTelemetry(
  load: (name: string) => unknown = createRequire(import.meta.url),
): TelemetryApi | undefined {
  try {
    return load('@opentelemetry/api') as TelemetryApi;
  } catch {
    // It is an optional peer: without it there are no spans.
    return undefined;
  }
}
