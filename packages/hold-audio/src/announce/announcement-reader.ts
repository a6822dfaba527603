import type { PcmReader } from '../readers/pcm-reader.js';

/** Something that is said once. */
export interface AnnouncementReader extends PcmReader {
  /** True when all of it has been read. */
  readonly isOver: boolean;
}
