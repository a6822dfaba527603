import { test } from 'vitest';
import { expectDecoded } from '../support/decoded-tone.js';

test.each<[string, string, string]>([
  ['MP3', 'tone.mp3', '-b:a 128k'],
  ['MP3 of 8 kHz, mono', 'narrow.mp3', '-ar 8000 -ac 1'],
  ['Ogg with Vorbis', 'tone.ogg', '-c:a libvorbis'],
  ['Ogg with Opus', 'tone.opus', '-c:a opus -strict experimental -ar 48000'],
  ['FLAC', 'tone.flac', ''],
  ['AAC', 'tone.aac', '-c:a aac'],
  ['M4A', 'tone.m4a', '-c:a aac'],
  ['AIFF', 'tone.aiff', ''],
  ['WAV with ADPCM', 'adpcm.wav', '-c:a adpcm_ima_wav'],
  ['WAV in 64-bit float', 'double.wav', '-c:a pcm_f64le'],
  ['WAV of 192 kHz', 'fast.wav', '-ar 192000'],
  ['WAV with six channels', 'six.wav', '-af pan=5.1|c0=c0|c1=c0|c2=c0|c3=c0|c4=c0|c5=c0'],
])('%s is decoded at its pitch, level and length', (_, name, args) => expectDecoded(name, args));
