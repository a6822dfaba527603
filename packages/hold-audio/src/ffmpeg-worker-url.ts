/** The module of the decoding thread. It lies beside this one, in the sources and in the built package alike. */
export const ffmpegWorkerUrl: URL = new URL('./ffmpeg-worker.js', import.meta.url);
