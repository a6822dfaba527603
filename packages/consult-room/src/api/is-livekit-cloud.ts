/** Whether the server at `url` is LiveKit Cloud. No other server is known to move participants. */
export function isLiveKitCloud(url: string): boolean {
  try {
    return new URL(url).hostname.endsWith('.livekit.cloud');
  } catch {
    return false;
  }
}
