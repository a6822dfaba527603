import type { CreateSipParticipantOptions } from 'livekit-server-sdk';
import { requireDurationMs, requireOneOf, requireThat, requireType } from './check-option.js';
import type { DialRequest, SipMedia } from './dial-request.js';

type ApiMedia = NonNullable<CreateSipParticipantOptions['media']>;

/** The SDK's `SIPMediaEncryption`. */
const encryptions = { disable: 0, allow: 1, require: 2 } as const;

/** The SDK's `SIPMediaConfig`, as a plain object. */
export function planMedia({ media, mediaEncryption }: DialRequest): ApiMedia | undefined {
  if (mediaEncryption !== undefined) requireOneOf(mediaEncryption, 'mediaEncryption', encryptions);
  if (media === undefined) return mediaEncryption && toApi({ encryption: mediaEncryption });
  requireThat(typeof media === 'object' && media !== null, 'media', 'an object');
  const { encryption = mediaEncryption } = media;
  const agree = mediaEncryption === undefined || mediaEncryption === encryption;
  requireThat(agree, 'mediaEncryption', 'the same as media.encryption, or left out');
  return toApi({ ...media, encryption });
}

function toApi({ encryption, codecs, onlyListedCodecs, mediaTimeoutMs }: SipMedia): ApiMedia {
  const known = codecs === undefined || (Array.isArray(codecs) && codecs.every(isCodec));
  requireThat(
    known,
    'media.codecs',
    "a list of codecs with name and rate (in Hz), such as { name: 'PCMU', rate: 8000 }",
  );
  if (onlyListedCodecs === true) {
    requireThat(codecs !== undefined && codecs.length > 0, 'media.onlyListedCodecs', 'given with media.codecs');
  }
  const timeoutMs =
    mediaTimeoutMs === undefined
      ? undefined
      : requireDurationMs(mediaTimeoutMs, 'media.mediaTimeoutMs', 1_000, 3_600_000);
  const api = {
    encryption:
      encryption === undefined ? undefined : encryptions[requireOneOf(encryption, 'media.encryption', encryptions)],
    codecs: codecs?.map(({ name, rate }) => ({ name, rate })),
    onlyListedCodecs: requireType(onlyListedCodecs, 'media.onlyListedCodecs', 'boolean'),
    mediaTimeout:
      timeoutMs === undefined
        ? undefined
        : { seconds: BigInt(Math.floor(timeoutMs / 1000)), nanos: Math.floor((timeoutMs % 1000) * 1e6) },
  };
  // The SDK makes the message of it.
  return Object.fromEntries(Object.entries(api).filter(([, value]) => value !== undefined)) as object as ApiMedia;
}

function isCodec(codec: unknown): boolean {
  const { name, rate } = (codec ?? {}) as { name?: unknown; rate?: unknown };
  return typeof name === 'string' && /^[\w.-]{1,32}$/.test(name) && Number.isInteger(rate) && Number(rate) > 0;
}
