/** The module of the decoding thread. It is beside this one, in the sources and in the built package. */
export const ffmpegWorkerUrl: URL = new URL('./ffmpeg-worker.js', import.meta.url);
