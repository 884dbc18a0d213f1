/** The decoder that the user chose for a connection, as the journal keeps it: the last one of a connection counts. */
export interface DecoderChoiceEvent {
  readonly type: "decode-as";
  readonly connection: number;
  /** Its id; null: none, the decoders themselves find out. */
  readonly decoder: string | null;
  /** It stands before the connection's first message: nothing was decoded otherwise. */
  readonly fromStart: boolean;
}

/** Addresses of which the choice is remembered; the oldest is forgotten. */
const MOST_REMEMBERED = 500;

/** Which decoder the user chose, by connection and by the address of connections that are still to come. */
export class DecoderChoices {
  readonly #byConnection = new Map<number, string>();
  readonly #byAddress = new Map<string, string>();
  #revision = 0;

  /** Grows with every choice that messages were decoded without. */
  get revision(): number {
    return this.#revision;
  }

  /** Null: none. */
  of(connection: number): string | null {
    return this.#byConnection.get(connection) ?? null;
  }

  apply({ connection, decoder, fromStart }: DecoderChoiceEvent): void {
    if (!fromStart) this.#revision++;
    if (decoder === null) this.#byConnection.delete(connection);
    else this.#byConnection.set(connection, decoder);
  }

  /** What a connection to this URL is to be decoded as when it appears, or to one like it where it has a `*`; null forgets. */
  remember(url: string, decoder: string | null): void {
    const address = addressOf(url);
    if (address === "") return;
    this.#byAddress.delete(address);
    if (decoder === null) return;
    this.#byAddress.set(address, decoder);
    if (this.#byAddress.size > MOST_REMEMBERED) this.#byAddress.delete(this.#byAddress.keys().next().value as string);
  }

  /** All that is remembered, the latest last. */
  rememberOnly(choices: readonly { readonly url: string; readonly decoder: string }[]): void {
    this.#byAddress.clear();
    for (const { url, decoder } of choices) this.remember(url, decoder);
  }

  rememberedFor(url: string): string | undefined {
    if (this.#byAddress.size === 0) return undefined;
    const address = addressOf(url);
    return this.#byAddress.get(address) ?? Array.from(this.#byAddress).findLast(([pattern]) => isLike(address, pattern))?.[1];
  }

  /** Only these connections are left; answers the choices that still count. */
  keep(isLeft: (connection: number) => boolean): DecoderChoiceEvent[] {
    for (const connection of this.#byConnection.keys()) if (!isLeft(connection)) this.#byConnection.delete(connection);
    return Array.from(this.#byConnection, ([connection, decoder]) => ({ type: "decode-as", connection, decoder, fromStart: true }));
  }
}

/** Whether a pattern has a `*`, and stands for the address: each `*` for any characters. */
function isLike(address: string, pattern: string): boolean {
  const [first = "", ...rest] = pattern.split("*");
  const last = rest.pop();
  if (last === undefined || !address.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = address.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return address.length - last.length >= at && address.endsWith(last);
}

/** Queries hold tokens and times, which are others with each connection. */
const addressOf = (url: string): string => url.split(/[?#]/, 1)[0] ?? "";
