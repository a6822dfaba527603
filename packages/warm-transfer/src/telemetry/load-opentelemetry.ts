import { createRequire } from 'node:module';
import type * as Telemetry from '@opentelemetry/api';

export type TelemetryApi = typeof Telemetry;

/** Loads the OpenTelemetry API, if the application has it; all copies share their registry. */
export function loadOpenTelemetry(
  load: (name: string) => unknown = createRequire(import.meta.url),
): TelemetryApi | undefined {
  try {
    return load('@opentelemetry/api') as TelemetryApi;
  } catch {
    // An optional peer: without it there are no spans.
    return undefined;
  }
}
