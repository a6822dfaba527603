/** Requests in order, and faults that were ordered for them. */
export class OrderedFaults<Method extends string> {
  readonly requests: Method[] = [];
  readonly #faults: { readonly method: Method; readonly fault: () => Promise<never> }[] = [];

  failNext(method: Method, error: Error | 'hang'): void {
    const fault = (): Promise<never> => (error === 'hang' ? new Promise(() => undefined) : Promise.reject(error));
    this.#faults.push({ method, fault });
  }

  /** Notes the request; rejects, or never resolves, if a fault was ordered for it. */
  async request(method: Method): Promise<void> {
    this.requests.push(method);
    const index = this.#faults.findIndex((fault) => fault.method === method);
    const [ordered] = index < 0 ? [] : this.#faults.splice(index, 1);
    await ordered?.fault();
  }
}

/** By shape like the server SDK's error. */
export function notFound(message: string): Error {
  return Object.assign(new Error(message), { name: 'ServerError', status: 404, code: 'not_found' });
}
