import { isLike } from "../model/is-like.ts";
import type { PairPaths } from "../model/pair-paths.ts";

/** What the user chose to read a connection's messages by, as the journal keeps it: the last one of a connection counts. */
export interface DecoderChoiceEvent {
  readonly type: "decode-as";
  readonly connection: number;
  /** Its id; null: none, the decoders themselves find out. */
  readonly decoder: string | null;
  /** A `SchemaChoice` as JSON; a number: the one that this connection has, of which many may have the same. */
  readonly schema?: string | number | undefined;
  readonly pairs?: PairPaths | undefined;
  /** It stands before the connection's first message: nothing was decoded otherwise. */
  readonly fromStart: boolean;
}

export interface DecoderChoice {
  readonly decoder: string | null;
  /** A `SchemaChoice` as JSON. */
  readonly schema: string | undefined;
  /** How requests and answers are told, beside what decoders know of them. */
  readonly pairs?: PairPaths | undefined;
}

/** Whether nothing was chosen. */
export const isAutomatic = ({ decoder, schema, pairs }: DecoderChoice): boolean => decoder === null && schema === undefined && pairs === undefined;

/** Addresses of which the choice is remembered; the oldest is forgotten. */
const MOST_REMEMBERED = 500;

/** Which decoder, schema and pairs the user chose, by connection and by the address of connections that are still to come. */
export class DecoderChoices {
  readonly #byConnection = new Map<number, DecoderChoice>();
  readonly #byAddress = new Map<string, DecoderChoice>();
  #revision = 0;

  /** Grows with every choice that messages were decoded without. */
  get revision(): number {
    return this.#revision;
  }

  of(connection: number): DecoderChoice {
    return this.#byConnection.get(connection) ?? NONE;
  }

  apply({ connection, decoder, schema, pairs, fromStart }: DecoderChoiceEvent): void {
    if (!fromStart) this.#revision++;
    const choice = { decoder, schema: typeof schema === "number" ? this.of(schema).schema : schema, pairs };
    if (isAutomatic(choice)) this.#byConnection.delete(connection);
    else this.#byConnection.set(connection, choice);
  }

  /** The event that says a choice, its schema by another connection's where one has it. */
  event(connection: number, { decoder, schema, pairs }: DecoderChoice, fromStart: boolean): DecoderChoiceEvent {
    const other = schema === undefined ? undefined : Array.from(this.#byConnection).find(([, choice]) => choice.schema === schema)?.[0];
    return { type: "decode-as", connection, decoder, ...(schema !== undefined && { schema: other ?? schema }), ...(pairs !== undefined && { pairs }), fromStart };
  }

  /** What a connection to this URL is to be read by when it appears, or to one like it where it has a `*`; nothing forgets. */
  remember(url: string, choice: DecoderChoice): void {
    const address = addressOf(url);
    if (address === "") return;
    this.#byAddress.delete(address);
    if (isAutomatic(choice)) return;
    this.#byAddress.set(address, choice);
    if (this.#byAddress.size > MOST_REMEMBERED) this.#byAddress.delete(this.#byAddress.keys().next().value as string);
  }

  /** All that is remembered, the latest last. */
  rememberOnly(choices: readonly { readonly url: string; readonly decoder: string | null; readonly schema?: string | undefined; readonly pairs?: PairPaths | undefined }[]): void {
    this.#byAddress.clear();
    for (const { url, decoder, schema, pairs } of choices) this.remember(url, { decoder, schema, pairs });
  }

  rememberedFor(url: string): DecoderChoice | undefined {
    if (this.#byAddress.size === 0) return undefined;
    const address = addressOf(url);
    return this.#byAddress.get(address) ?? Array.from(this.#byAddress).findLast(([pattern]) => isLike(address, pattern))?.[1];
  }

  /** Only these connections are left; answers the choices that still count. */
  keep(isLeft: (connection: number) => boolean): DecoderChoiceEvent[] {
    for (const connection of this.#byConnection.keys()) if (!isLeft(connection)) this.#byConnection.delete(connection);
    const told = new Map<string, number>();
    return Array.from(this.#byConnection, ([connection, { decoder, schema, pairs }]): DecoderChoiceEvent => {
      const first = schema === undefined ? undefined : told.get(schema);
      if (schema !== undefined && first === undefined) told.set(schema, connection);
      return { type: "decode-as", connection, decoder, ...(schema !== undefined && { schema: first ?? schema }), ...(pairs !== undefined && { pairs }), fromStart: true };
    });
  }
}

const NONE: DecoderChoice = { decoder: null, schema: undefined };

/** Queries hold tokens and times, which are others with each connection. */
const addressOf = (url: string): string => url.split(/[?#]/, 1)[0] ?? "";
