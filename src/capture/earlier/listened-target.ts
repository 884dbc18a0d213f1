import type { Direction } from "../../model/frame.ts";
import type { Realms } from "../attach/realms.ts";
import type { DebuggerApi, DebugSource } from "../debugger-api.ts";
import { KEPT_GROUP, type PageObject } from "../page-object.ts";
import { hasChildFrames, readBreakpointId, readObjectId, readScriptBytes, readValue } from "../sources/cdp-events.ts";
import type { NotedFrom } from "./match-speakers.ts";
import { BEGIN_NOTES, beginNotes, declareNotes, endNotes, FUNCTIONS, noteWhen, readNotes, SOCKET_OF, TAKE_NOTES, type SpeakerNote } from "./speaker-notes.ts";

/**
 * Without DevTools, which has had all scripts read already, `Debugger.enable` reads them while the page stands still:
 * 35 ms a megabyte.
 */
const MOST_SCRIPT_BYTES = 1_500_000;
const GROUP = "framescope-speakers";
/** Bytes of the page's own document and of the frames in it that it may look into: Chrome's tree of resources has none, and they hold scripts too. */
const DOCUMENT_BYTES = `[self, ...Array.from(self, (_, i) => self[i])].reduce((sum, one) => {
  try {
    return sum + one.performance.getEntriesByType("navigation")[0].decodedBodySize;
  } catch {
    return sum;
  }
}, 0)`;

export interface ListeningEdges {
  readonly api: DebuggerApi;
  readonly realms: Realms;
  /** A name for what is noted in a page, which nobody can guess. */
  readonly name: string;
  /** Whether DevTools has had the scripts of this target read. */
  readonly isInDevTools: (source: DebugSource) => boolean;
}

/** What became of asking a target. */
export type Begun = "listening" | "not yet" | "never";

/** Where its notes are, in one of its realms. */
interface Notebook {
  readonly realm: string;
  /** What a command says to reach that realm. */
  readonly place: object;
  readonly objectId: string;
}

/**
 * A target whose own functions note which of its sockets speak: a condition on the native `send`, or on the getter of a
 * message's `data`. It is asked, listened to, and left as it was; when and for how long is not known here.
 */
export class ListenedTarget {
  readonly #edges: ListeningEdges;
  readonly #source: DebugSource;
  /** How many of its frames have been heard. */
  readonly #heard: () => number;
  readonly #notebooks: Notebook[] = [];
  readonly #directions = new Set<Direction>();
  readonly #from = new Map<string, number>();
  #wantsBoth = false;
  #isAsking = false;
  #isHeld = false;
  #isOver = false;

  constructor(edges: ListeningEdges, source: DebugSource, heard: () => number) {
    this.#edges = edges;
    this.#source = source;
    this.#heard = heard;
  }

  /** How many frames had been heard when a realm began to note those of a direction. */
  get from(): NotedFrom {
    return this.#from;
  }

  /** Nothing was asked, or it could not be: the next frame is a reason to ask. */
  get isIdle(): boolean {
    return !this.#isAsking && !this.isListening;
  }

  get isListening(): boolean {
    return this.#directions.size > 0;
  }

  listensTo(direction: Direction): boolean {
    return this.#directions.has(direction);
  }

  /** Begins to listen, to this direction where that is possible. Where the target cannot answer yet, it can be asked again. */
  async ask(direction: Direction): Promise<Begun> {
    this.#isAsking = true;
    const begun = await this.#ask(direction).catch((): Begun => "not yet");
    this.#isAsking = false;
    if (begun !== "listening" || this.#isOver) this.#release();
    return begun;
  }

  /** One function serves all realms of a process. Chrome looks through the heap for it, 20 ms for a million objects. */
  async listen(direction: Direction): Promise<void> {
    const { api, name } = this.#edges;
    this.#directions.add(direction);
    try {
      const objectId = readObjectId(await this.#evaluate(FUNCTIONS[direction], { objectGroup: GROUP, ...this.#notebooks[0]?.place }));
      const set = await api.send(this.#source, "Debugger.setBreakpointOnFunctionCall", { objectId, condition: noteWhen(name, direction) });
      if (readBreakpointId(set) === undefined) throw new Error("It is none of Chrome's functions.");
      for (const { realm, objectId: notes } of this.#notebooks) {
        await api.send(this.#source, "Runtime.callFunctionOn", { objectId: notes, functionDeclaration: BEGIN_NOTES, arguments: [{ value: direction === "sent" }] });
        // Chrome keeps the order: what is heard from here on is noted.
        this.#from.set(`${realm} ${direction}`, this.#heard());
      }
    } catch {
      this.#directions.delete(direction);
    }
  }

  /** Both directions, now or as soon as it listens at all. */
  async listenToBoth(): Promise<void> {
    this.#wantsBoth = true;
    if (!this.isListening) return;
    for (const direction of ["received", "sent"] as const) if (!this.#directions.has(direction)) await this.listen(direction);
  }

  /** What was noted since the last time, realm by realm. */
  async takeNotes(): Promise<SpeakerNote[]> {
    const taken: SpeakerNote[] = [];
    for (const { realm, objectId } of this.#notebooks) {
      const answer = await this.#edges.api.send(this.#source, "Runtime.callFunctionOn", { objectId, functionDeclaration: TAKE_NOTES, returnByValue: true }).catch(() => undefined);
      taken.push(...readNotes(readValue(answer), realm));
    }
    return taken;
  }

  /** A handle of its own to the socket of a note, to be given back by who asked. */
  async objectOf(socket: string): Promise<PageObject | undefined> {
    const [realm, id] = socket.split(" ");
    const notes = this.#notebooks.find((one) => one.realm === realm)?.objectId;
    if (notes === undefined) return undefined;
    const call = { objectId: notes, functionDeclaration: SOCKET_OF, arguments: [{ value: Number(id) }], objectGroup: KEPT_GROUP };
    const objectId = readObjectId(await this.#edges.api.send(this.#source, "Runtime.callFunctionOn", call).catch(() => undefined));
    return objectId === undefined ? undefined : { source: this.#source, objectId };
  }

  /** Leaves the target as it was; while it is still being asked, at the end of that. */
  end(): void {
    this.#isOver = true;
    if (this.isListening) this.#release();
  }

  /** Rejects where the target does not answer. */
  async #ask(direction: Direction): Promise<Begun> {
    const { api, realms, name } = this.#edges;
    const source = this.#source;
    // It would stand still.
    if (!(await this.#isSoonEnabled())) return "never";
    const tree = await api.send(source, "Page.getFrameTree").catch(() => undefined);
    this.#isHeld = true;
    // Where there is but one document, Chrome need not be asked which there are.
    const told = hasChildFrames(tree) ? await realms.hold(source) : realms.keep(source);
    const places = told.length === 0 ? [{}] : told.filter(({ isMain }) => isMain).map(({ uniqueId }) => ({ uniqueContextId: uniqueId }));
    for (const [i, place] of places.entries()) {
      await this.#evaluate(declareNotes(name), place);
      const objectId = readObjectId(await this.#evaluate(beginNotes(name), { objectGroup: GROUP, ...place }));
      if (objectId !== undefined) this.#notebooks.push({ realm: String(i), place, objectId });
    }
    if (this.#notebooks.length === 0 || this.#isOver) return "not yet";
    const enabled = api.send(source, "Debugger.enable");
    // Right behind it: without, the page would stop at a `debugger` statement for us.
    await Promise.all([enabled, api.send(source, "Debugger.setSkipAllPauses", { skip: true })]);
    await this.listen(direction);
    if (this.#wantsBoth || !this.isListening) await this.#listenToOther(direction);
    // The page's functions are none of Chrome's.
    return this.isListening ? "listening" : "never";
  }

  async #listenToOther(direction: Direction): Promise<void> {
    const other = direction === "sent" ? "received" : "sent";
    if (!this.#directions.has(other)) await this.listen(other);
  }

  async #isSoonEnabled(): Promise<boolean> {
    const { api, isInDevTools } = this.#edges;
    if (isInDevTools(this.#source)) return true;
    // A worker has no resources, and stands still alone.
    const tree = await api.send(this.#source, "Page.getResourceTree").catch(() => undefined);
    const documents = readValue(await this.#evaluate(DOCUMENT_BYTES, { returnByValue: true }).catch(() => undefined));
    return readScriptBytes(tree) + (typeof documents === "number" ? documents : 0) <= MOST_SCRIPT_BYTES;
  }

  /** The target is as it was; what is gone already needs no releasing. */
  #release(): void {
    const { api, realms, name } = this.#edges;
    const source = this.#source;
    if (!this.#isHeld) return;
    this.#isHeld = false;
    const quietly = (method: string, params = {}): void => void api.send(source, method, params).catch(() => {});
    quietly("Debugger.disable");
    for (const { place } of this.#notebooks.splice(0)) quietly("Runtime.evaluate", { expression: endNotes(name), silent: true, ...place });
    quietly("Runtime.releaseObjectGroup", { objectGroup: GROUP });
    realms.release(source);
  }

  #evaluate(expression: string, more: object): Promise<unknown> {
    return this.#edges.api.send(this.#source, "Runtime.evaluate", { expression, silent: true, ...more });
  }
}
