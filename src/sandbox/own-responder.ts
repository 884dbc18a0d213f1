import type { OwnAnswer, OwnRequest, OwnStep } from "../engine/own/own-thread.ts";

/** What a module of the user's exports, which may be anything: see docs/own-decoders.md. */
export interface OwnModule {
  readonly decode?: unknown;
  readonly default?: unknown;
}

type Decode = (data: string | Uint8Array, direction: "sent" | "received", session: object) => unknown;

export interface OwnResponderEdges {
  readonly load: (source: string) => Promise<OwnModule>;
  /** Milliseconds. */
  readonly now: () => number;
  readonly post: (message: OwnAnswer | OwnStep) => void;
}

/** So long without a word, whoever waits takes this thread for one that hangs. */
const TELL_MS = 200;
/** Characters of JSON. */
const MOST_JSON = 1 << 20;

/** Decodes messages with the modules that the user gave. Requests are taken in their order. */
export function createOwnResponder({ load, now, post }: OwnResponderEdges): (request: OwnRequest) => Promise<void> {
  const sources = new Map<string, string>();
  const loaded = new Map<string, Decode | { readonly problem: string }>();
  const connections = new Map<number, { readonly decoder: string; readonly session: object }>();
  const text = new TextDecoder();
  let generation: number | undefined;
  let last = Promise.resolve();

  async function respond(request: OwnRequest): Promise<void> {
    if (request.generation !== generation) connections.clear();
    generation = request.generation;
    for (const { name, source } of request.decoders) {
      sources.set(name, source);
      loaded.delete(name);
    }
    for (const { id, decoder, url, subprotocol } of request.connections) connections.set(id, { decoder, session: { connection: { url, subprotocol } } });
    const answered: unknown[] = [];
    let told = now();
    for (const { row, connection, direction, isText, from, to } of request.messages) {
      if (request.isCareful || now() - told > TELL_MS) {
        told = now();
        post({ reached: row });
      }
      const known = connections.get(connection);
      if (known === undefined) {
        answered.push(null);
        continue;
      }
      const decode = loaded.get(known.decoder) ?? (await loadDecoder(known.decoder));
      const bytes = request.payloads.slice(from, to);
      answered.push("problem" in decode ? decode : answerOf(() => decode(isText ? text.decode(bytes) : bytes, direction, known.session)));
    }
    post({ answered });
  }

  async function loadDecoder(name: string): Promise<Decode | { readonly problem: string }> {
    let found: Decode | { readonly problem: string };
    try {
      const { decode, default: main } = await load(sources.get(name) ?? "");
      const given = decode ?? (typeof main === "object" && main !== null && "decode" in main ? main.decode : main);
      found = typeof given === "function" ? (given as Decode) : { problem: "The module exports no function `decode`." };
    } catch (error) {
      found = { problem: messageOf(error) };
    }
    loaded.set(name, found);
    return found;
  }

  return (request) => {
    last = last.then(() => respond(request));
    return last;
  };
}

/** What a module said of a message, as plain data of known names; null: nothing. */
function answerOf(decode: () => unknown): unknown {
  try {
    const said = decode();
    if (typeof said !== "object" || said === null) return null;
    if (said instanceof Promise) return { problem: "`decode` answered with a promise. It must answer at once." };
    const { label, kind, summary, topic, id, answers, value } = said as Readonly<Record<string, unknown>>;
    return { label: textOf(label), kind: textOf(kind), summary: textOf(summary), topic: textOf(topic), id: textOf(id), answers: textOf(answers), json: value === undefined ? undefined : toJson(value) };
  } catch (error) {
    return { problem: messageOf(error) };
  }
}

const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : typeof value === "number" || typeof value === "bigint" ? String(value) : undefined);

function messageOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

function toJson(value: unknown): string | undefined {
  const json = JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part === "bigint") return rawJson(String(part));
    if (part instanceof Map) return Object.fromEntries(part);
    if (part instanceof Set) return [...part];
    if (part instanceof ArrayBuffer) return bytesOf(new Uint8Array(part));
    return ArrayBuffer.isView(part) ? bytesOf(new Uint8Array(part.buffer, part.byteOffset, part.byteLength)) : part;
  }) as string | undefined;
  if (json !== undefined && json.length > MOST_JSON) throw new RangeError("`value` is over 1 MiB as JSON.");
  return json;
}

/** As the values of other decoders say bytes. */
const bytesOf = (bytes: Uint8Array): unknown => ({ $bytes: btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")), length: bytes.length });

/** All digits of a large integer: Chrome has it since 114, the language's types not yet. */
function rawJson(text: string): unknown {
  const { rawJSON } = JSON as typeof JSON & { readonly rawJSON?: (text: string) => unknown };
  return rawJSON === undefined ? text : rawJSON(text);
}
