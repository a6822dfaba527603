/** SIP headers by their names, which are the same in every case. */
export type Headers = Readonly<Record<string, string>>;

/** Which headers become attributes. */
export interface HeaderMapping {
  /** Attribute by header. */
  readonly headersToAttributes: Readonly<Record<string, string>>;
  /** LiveKit's `SIPHeaderOptions`, by name or number: none, those that begin with `X-`, all. */
  readonly includeHeaders: unknown;
}

const includesAll: readonly unknown[] = [2, 'SIP_ALL_HEADERS'];
const includesSome: readonly unknown[] = [1, 'SIP_X_HEADERS', ...includesAll];

/** The attributes that the gateway makes of the headers of a call. */
export function attributesOf(headers: Headers, mapping: HeaderMapping): Record<string, string> {
  const lower = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const attributes: Record<string, string> = {};
  for (const [name, value] of includesSome.includes(mapping.includeHeaders) ? lower : []) {
    if (name.startsWith('x-') || includesAll.includes(mapping.includeHeaders)) attributes[`sip.h.${name}`] = value;
  }
  for (const [header, attribute] of Object.entries(mapping.headersToAttributes)) {
    const value = lower.get(header.toLowerCase());
    if (value !== undefined) attributes[attribute] = value;
  }
  return attributes;
}

/** The headers that the gateway makes of a participant's attributes; `toHeaders` has the header by attribute. */
export function headersOf(attributes: Readonly<Record<string, string>>, toHeaders: Headers): Record<string, string> {
  return Object.fromEntries(
    Object.entries(toHeaders).flatMap(([attribute, header]) => {
      const value = attributes[attribute];
      return value === undefined ? [] : [[header, value]];
    }),
  );
}
