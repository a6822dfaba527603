import assert from 'node:assert/strict';
import { findFfmpegCore } from '../../src/source/ffmpeg-core.js';
import { FfmpegThread } from '../../src/decode/ffmpeg-thread.js';

/**
 * Encodes a WAV with the ffmpeg that decodes: `name` with its ending says to what, `args` how. A thread for each, as an
 * encoder may leave its memory damaged.
 */
export async function encode(wav: Uint8Array, name: string, args = ''): Promise<Uint8Array> {
  const core = findFfmpegCore();
  assert(core !== undefined, '@ffmpeg/core is not installed');
  const thread = new FfmpegThread(core);
  try {
    await thread.load();
    thread.transfer(new Uint8Array(wav));
    await thread.invoke('WRITE_PIECES', { path: 'tone.wav' });
    const command = `-v error -i tone.wav ${args} ${name}`.split(' ').filter((word) => word !== '');
    const { data: code, log } = await thread.invoke('EXEC', { args: command });
    assert.equal(code, 0, log?.join('\n'));
    const { data } = await thread.invoke('READ_FILE', { path: name, encoding: 'binary' });
    assert(data instanceof Uint8Array);
    return data;
  } finally {
    await thread.end();
  }
}
