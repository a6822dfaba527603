import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BuiltinAudioClip } from './builtin-audio-clip.js';
import { findFfmpegCore, installFfmpegHint } from './ffmpeg-core.js';
import type { HoldAudioError } from '../hold-audio-error.js';
import { optionError } from '../validate.js';
import { agentsClipPath, isAgentsClip } from './agents-clip.js';
import type { ClipSource } from './parse-source.js';

/** Extensions of audio files that are certainly not WAV, and so need ffmpeg. */
const otherFormats: ReadonlySet<string> = new Set(
  'mp3 ogg oga opus flac m4a aac mp4 webm wma aiff aif au'.split(' ').map((name) => `.${name}`),
);

const allowed =
  'allowed: BuiltinAudioClip.HOLD_MUSIC, the path of an audio file, or a file:, data:, http: or https: URL of one';

/** Parses a string as a source; `name` is its name in messages. */
export function parseSourceString(source: string, name: string): ClipSource {
  if (source === BuiltinAudioClip.HOLD_MUSIC) return { kind: 'builtin' };
  if (source.trim() === '') throw unsupported(name, `is an empty string; ${allowed}`);
  if (isAgentsClip(source)) return parseAgentsClip(source, name);
  // At least two letters: one is the drive of a Windows path.
  const [, scheme] = /^([a-z][a-z0-9+.-]+):/i.exec(source) ?? [];
  return scheme === undefined ? parsePath(source, name) : parseUrl(source, scheme.toLowerCase(), name);
}

function parseAgentsClip(clip: string, name: string): ClipSource {
  const subject = `is the clip "${clip}" of @livekit/agents, which`;
  const path = agentsClipPath(clip);
  if (path === undefined) throw unsupported(name, `${subject} is not installed here; pass the path of an audio file`);
  return parsePath(path, name, `${subject} `);
}

function parsePath(path: string, name: string, subject = ''): ClipSource {
  const ending = extname(path).toLowerCase();
  if (!otherFormats.has(ending) || findFfmpegCore() !== undefined) return { kind: 'file', path };
  throw unsupported(name, `${subject}is ${article(ending)} file; ${installFfmpegHint}`);
}

function parseUrl(text: string, scheme: string, name: string): ClipSource {
  if (!['file', 'data', 'http', 'https'].includes(scheme)) {
    throw unsupported(name, `is a "${scheme}:" URL; ${allowed}`);
  }
  // Not parsed: it may be long.
  if (scheme === 'data') {
    if (text.includes(',')) return { kind: 'data', url: text };
  } else if (URL.canParse(text)) {
    const url = new URL(text);
    if (scheme !== 'file') return { kind: 'url', url: url.href };
    const path = pathOf(url);
    if (path !== undefined) return parsePath(path, name);
  }
  // Not repeated: a URL may hold a password.
  throw unsupported(name, `is a "${scheme}:" URL that is malformed`);
}

function pathOf(url: URL): string | undefined {
  try {
    return fileURLToPath(url);
  } catch {
    // A host, or an encoded slash: no path that could be opened.
    return undefined;
  }
}

function article(ending: string): string {
  const name = ending.slice(1).toUpperCase();
  return `${/^[AEFILMNORSX]/.test(name) ? 'an' : 'a'} ${name}`;
}

function unsupported(option: string, reason: string): HoldAudioError {
  return optionError('source-unsupported', option, reason);
}
