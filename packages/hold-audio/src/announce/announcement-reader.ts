import type { PcmReader } from '../readers/pcm-reader.js';

/** Reads an announcement once. */
export interface AnnouncementReader extends PcmReader {
  /** Whether all of it has been read. */
  readonly isOver: boolean;
}
