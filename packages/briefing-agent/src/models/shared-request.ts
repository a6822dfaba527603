interface SharedRequest {
  readonly answer: Promise<string | undefined>;
  readonly over: AbortController;
  wantedBy: number;
}

const pending: WeakMap<object, Map<string, SharedRequest>> = new WeakMap();

/**
 * Sends a request to a model once for all callers that want the same at the same time: briefings on phones that ring
 * together. It is aborted when no caller wants it any more.
 *
 * @param key the content of the request
 * @param signal aborted when this caller no longer wants it
 */
export function shareRequest(
  model: object,
  key: string,
  signal: AbortSignal,
  ask: (signal: AbortSignal) => Promise<string | undefined>,
): Promise<string | undefined> {
  const ofModel = pending.get(model) ?? new Map<string, SharedRequest>();
  pending.set(model, ofModel);
  const request = ofModel.get(key) ?? begin(ask);
  ofModel.set(key, request);
  request.wantedBy += 1;
  const forget = (): void => {
    if (ofModel.get(key) === request) ofModel.delete(key);
  };
  const leave = (): void => {
    request.wantedBy -= 1;
    if (request.wantedBy > 0) return;
    forget();
    request.over.abort();
  };
  signal.addEventListener('abort', leave, { once: true });
  return request.answer.finally(() => {
    forget();
    signal.removeEventListener('abort', leave);
  });
}

function begin(ask: (signal: AbortSignal) => Promise<string | undefined>): SharedRequest {
  const over = new AbortController();
  return { answer: ask(over.signal), over, wantedBy: 0 };
}
