import { ID_LENGTH, type Decoded } from "../decode/decoder.ts";
import { idText } from "../decode/fields/id-text.ts";
import { MOST_WAITING_REQUESTS } from "../decode/pairing.ts";
import type { RowToPair } from "../decode/row-to-pair.ts";
import type { Direction } from "../model/frame.ts";
import type { PairPaths } from "../model/pair-paths.ts";
import { NUMBER, STRING, type ValueDocument } from "../model/value-document.ts";
import { readPath } from "../query/path.ts";
import { createPathFinder } from "../query/value-path.ts";

type Ids = RowToPair["decoded"];

/** Ids that the user named are those of no protocol: a request in JSON may be answered in MessagePack. */
const NAMED = { speaks: "", namespace: undefined } as const;

/**
 * Requests and answers of a connection by the two paths that the user named. Takes its messages in the order of the log. What
 * has an id for which nothing waits is no answer: pushes may have something at the same path, and streams go on.
 */
export class NamedPairs {
  readonly #asks: Direction;
  readonly #request: (document: ValueDocument) => string | undefined;
  readonly #answer: (document: ValueDocument) => string | undefined;
  readonly #waiting = new Set<string>();

  constructor({ asks, request, answer }: PairPaths) {
    this.#asks = asks;
    this.#request = idAt(request);
    this.#answer = idAt(answer);
  }

  /** What a message is by them; what its decoder says of it where nothing stands at the path. Cost: its value, and what the path reaches. */
  read(decoded: Decoded, direction: Direction): Ids {
    const { value, kind, label } = decoded;
    if (value === undefined) return decoded;
    if (direction === this.#asks) {
      const id = this.#request(value);
      if (id === undefined) return decoded;
      this.#wait(id);
      return { ...NAMED, label, kind: kind === "heartbeat" ? kind : "request", id, answers: undefined };
    }
    const answers = this.#answer(value);
    if (answers === undefined || !this.#waiting.delete(answers)) return decoded;
    return { ...NAMED, label, kind: kind === "error" || kind === "heartbeat" ? kind : "answer", id: decoded.id, answers };
  }

  /** As `Pairing` does: the oldest is forgotten. */
  #wait(id: string): void {
    this.#waiting.delete(id);
    this.#waiting.add(id);
    if (this.#waiting.size > MOST_WAITING_REQUESTS) this.#waiting.delete(this.#waiting.values().next().value as string);
  }
}

/** The first value at a path, where that can be an id. A path that a file says and nobody can read finds nothing. */
function idAt(path: string): (document: ValueDocument) => string | undefined {
  const read = readPath(path);
  if ("problem" in read) return () => undefined;
  const find = createPathFinder(read.value);
  return (document) => {
    const node = find(document);
    if (node === undefined) return undefined;
    const kind = document.kindOf(node);
    if (kind !== STRING && kind !== NUMBER) return undefined;
    const text = idText(document, node);
    return text.length > ID_LENGTH || text === "" ? undefined : text;
  };
}
