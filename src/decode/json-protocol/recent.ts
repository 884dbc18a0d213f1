import { ID_LENGTH } from "../decoder.ts";

/** What was learnt of the last so many ids; the oldest is forgotten, and what is too long for an id is not learnt. */
export class Recent<Value> {
  readonly #values = new Map<string, Value>();
  readonly #most: number;

  constructor(most = 4096) {
    this.#most = most;
  }

  set(key: string, value: Value): void {
    if (key.length > ID_LENGTH) return;
    this.#values.delete(key);
    this.#values.set(key, value);
    if (this.#values.size > this.#most) this.#values.delete(this.#values.keys().next().value as string);
  }

  get(key: string | undefined): Value | undefined {
    return key === undefined ? undefined : this.#values.get(key);
  }

  delete(key: string): void {
    this.#values.delete(key);
  }
}
