import type { CreateSipParticipantOptions } from 'livekit-server-sdk';
import { requireThat } from '../options/validate.js';
import type { DialRequest, SipMedia } from './dial-request.js';

type ApiMedia = NonNullable<CreateSipParticipantOptions['media']>;

/** The SDK's `SIPMediaEncryption`. */
const encryptions = { disable: 0, allow: 1, require: 2 } as const;

/** Converts the options of media to the SDK's `SIPMediaConfig`, as a plain object. */
export function planMedia({ media, mediaEncryption }: DialRequest): ApiMedia | undefined {
  if (media === undefined) return mediaEncryption && toApi({ encryption: mediaEncryption });
  const { encryption = mediaEncryption } = media;
  const agree = mediaEncryption === undefined || mediaEncryption === encryption;
  requireThat(agree, 'mediaEncryption', 'the same as media.encryption, or left out');
  return toApi({ ...media, encryption });
}

function toApi({ encryption, codecs, onlyListedCodecs, mediaTimeoutMs }: SipMedia): ApiMedia {
  if (onlyListedCodecs === true) {
    requireThat(codecs !== undefined && codecs.length > 0, 'media.onlyListedCodecs', 'given with media.codecs');
  }
  const api = {
    encryption: encryption && encryptions[encryption],
    codecs: codecs?.map(({ name, rate }) => ({ name, rate })),
    onlyListedCodecs,
    mediaTimeout: mediaTimeoutMs && {
      seconds: BigInt(Math.floor(mediaTimeoutMs / 1000)),
      nanos: Math.floor((mediaTimeoutMs % 1000) * 1e6),
    },
  };
  // The SDK creates the message from it.
  return Object.fromEntries(Object.entries(api).filter(([, value]) => value !== undefined)) as object as ApiMedia;
}
