import { readdirSync, readFileSync } from 'node:fs';

/** How Linux shows the media library's thread of one source: names end after 15 letters. */
const threadName = 'AudioSourceCapt';

/**
 * How many audio sources with a queue run in this process, each in a thread of the media library that sends silence for
 * as long as nothing closes it. 0 where there is no `/proc`: on Linux only it tells anything.
 */
export function countAudioSources(): number {
  let threads: string[];
  try {
    threads = readdirSync('/proc/self/task');
  } catch {
    return 0;
  }
  return threads.filter((thread) => nameOf(thread) === threadName).length;
}

function nameOf(thread: string): string | undefined {
  try {
    return readFileSync(`/proc/self/task/${thread}/comm`, 'utf8').trim();
  } catch {
    return undefined; // It has ended meanwhile.
  }
}
