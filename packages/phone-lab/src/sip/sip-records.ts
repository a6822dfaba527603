/** A trunk or rule as the API gave it, by its camel-case names; what the lab does not use is kept and given back. */
export type SipRecord = Readonly<Record<string, unknown>>;

export function textOf(record: SipRecord | undefined, name: string): string {
  const value = record?.[name];
  return typeof value === 'string' ? value : '';
}

export function listOf(record: SipRecord | undefined, name: string): readonly string[] {
  const value = record?.[name];
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

export function mapOf(record: SipRecord | undefined, name: string): Readonly<Record<string, string>> {
  return (recordOf(record, name) as Readonly<Record<string, string>> | undefined) ?? {};
}

/** A message inside of a message, as it was sent. */
export function recordOf(record: SipRecord | undefined, name: string): SipRecord | undefined {
  const value = record?.[name];
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as SipRecord) : undefined;
}

/** A message inside of a message, by its camel-case names. */
export function messageOf(record: SipRecord | undefined, name: string): SipRecord | undefined {
  const value = recordOf(record, name);
  return value && camelCased(value);
}

/** The PIN that a dispatch rule asks callers for; empty if it asks for none. */
export function pinOf(rule: SipRecord): string {
  const kinds = messageOf(rule, 'rule') ?? {};
  return (
    Object.keys(kinds)
      .map((kind) => textOf(messageOf(kinds, kind), 'pin'))
      .find((pin) => pin !== '') ?? ''
  );
}

/** The fields of one message by their camel-case names; their contents stay, since they may be maps. */
export function camelCased(message: SipRecord): SipRecord {
  return Object.fromEntries(Object.entries(message).map(([name, value]) => [camelCase(name), value]));
}

function camelCase(name: string): string {
  return name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** A number as the server compares it: without its formatting, with a plus. */
export function normalNumber(number: string): string {
  if (!/^\+?[\d\- ()]+$/.test(number)) return number;
  return `+${number.replaceAll(/[^\d]/g, '')}`;
}
