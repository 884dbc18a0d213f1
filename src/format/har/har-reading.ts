import { Refusal } from "../../model/refusal.ts";
import { say } from "../../model/said.ts";
import type { ByteStream, ImportInput, ImportSink } from "../import-format.ts";
import { JsonFault, JsonReader } from "../reading/json-reader.ts";
import { readValue, skipValue } from "../reading/json-value.ts";
import { EntryReading } from "./entry-reading.ts";
import { HarPlace } from "./har-place.ts";
import { isRecord } from "./har-values.ts";
import { MessageReader } from "./message-reader.ts";
import { alignTimes, type EntryRows } from "./read-times.ts";

const MOST_OF_LOG = 1 << 20;

/** One HAR, read from its beginning to its end. */
export class HarReading {
  readonly #input: ImportInput;
  readonly #stream: ByteStream;
  readonly #sink: ImportSink;
  readonly #place = new HarPlace();
  readonly #entries: EntryRows[] = [];
  /** Addresses of pages by their ids. */
  readonly #pages = new Map<string, string>();
  #creator = "";
  #hasEntries = false;
  #entry: EntryReading | undefined;

  constructor(input: ImportInput, sink: ImportSink) {
    this.#input = input;
    this.#stream = input.open();
    this.#sink = sink;
  }

  *read(): Generator<void, void, void> {
    try {
      const json = new JsonReader(this.#stream);
      yield* this.#readDocument(json);
      if (!this.#hasEntries) throw new Refusal(say("import.no-har"));
      if (json.peek() !== -1) throw json.fault();
    } catch (error) {
      if (!(error instanceof JsonFault || error instanceof Refusal)) throw error;
      if (!this.#hasEntries) throw new Refusal(error.told, { cause: error });
      // What stands before it is read: that stays.
      this.#endEntry();
      this.#sink.problem(this.#place.path(), error.told);
    }
    alignTimes(this.#entries, this.#creator, this.#sink);
  }

  *#readDocument(json: JsonReader): Generator<void, void, void> {
    if (!json.isObject) throw json.fault();
    json.openObject();
    for (let key = json.nextKey(true); key !== undefined; key = json.nextKey(false)) {
      if (key === "log" && json.isObject) yield* this.#readLog(json);
      else yield* skipValue(json);
    }
  }

  *#readLog(json: JsonReader): Generator<void, void, void> {
    json.openObject();
    for (let key = json.nextKey(true); key !== undefined; key = json.nextKey(false)) {
      if (key === "entries" && json.isList) yield* this.#readEntries(json);
      else if (key === "creator") this.#readCreator(yield* readValue(json, MOST_OF_LOG));
      else if (key === "pages") this.#readPages(yield* readValue(json, MOST_OF_LOG));
      else yield* skipValue(json);
    }
  }

  *#readEntries(json: JsonReader): Generator<void, void, void> {
    this.#hasEntries = true;
    const messages = new MessageReader(json, this.#sink, this.#place);
    json.openList();
    for (let number = 0; json.nextItem(number === 0); number++) {
      this.#place.entry(number);
      this.#sink.progress(this.#stream.share);
      if (!json.isObject) {
        this.#sink.problem(this.#place.path(), say("import.no-object"));
        yield* skipValue(json);
        continue;
      }
      this.#entry = new EntryReading(json, this.#sink, this.#place, messages, { beside: (name) => this.#input.beside(name), progress: () => this.#sink.progress(this.#stream.share), isOwn: this.#creator.startsWith("Framescope "), listsNoNone: this.#creator.startsWith("Playwright ") });
      yield* this.#entry.read();
      this.#endEntry();
      yield;
    }
    this.#place.entry(-1);
  }

  #endEntry(): void {
    const rows = this.#entry?.end(this.#pages);
    this.#entry = undefined;
    if (rows !== undefined) this.#entries.push(rows);
  }

  #readCreator(creator: unknown): void {
    if (isRecord(creator)) this.#creator = `${String(creator["name"])} ${String(creator["version"])}`;
  }

  /** Chrome's title of a page is its address. */
  #readPages(pages: unknown): void {
    if (!Array.isArray(pages)) return;
    for (const page of pages as readonly unknown[]) {
      if (isRecord(page) && typeof page["id"] === "string" && typeof page["title"] === "string" && URL.canParse(page["title"])) this.#pages.set(page["id"], page["title"]);
    }
  }
}
