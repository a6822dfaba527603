/** Requests in order, and faults that were ordered for them. */
export class OrderedFaults<Method extends string> {
  readonly requests: Method[] = [];
  readonly #faults: { readonly method: Method; readonly fault: () => Promise<never> }[] = [];

  #all: Error | 'hang' | undefined;

  failNext(method: Method, error: Error | 'hang'): void {
    this.#faults.push({ method, fault: () => fail(error) });
  }

  /** Lets every request fail, or hang for ever, until the returned function is called. */
  failAll(error: Error | 'hang'): () => void {
    this.#all = error;
    return () => {
      this.#all = undefined;
    };
  }

  /** Notes the request; rejects, or never resolves, if a fault was ordered for it. */
  async request(method: Method): Promise<void> {
    this.requests.push(method);
    if (this.#all !== undefined) await fail(this.#all);
    const index = this.#faults.findIndex((fault) => fault.method === method);
    const [ordered] = index < 0 ? [] : this.#faults.splice(index, 1);
    await ordered?.fault();
  }
}

async function fail(error: Error | 'hang'): Promise<never> {
  if (error !== 'hang') throw error;
  return new Promise(() => undefined);
}

/** By shape like the server SDK's error. */
export function notFound(message: string): Error {
  return Object.assign(new Error(message), { name: 'ServerError', status: 404, code: 'not_found' });
}
