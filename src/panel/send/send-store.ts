import { createStore, type StoreApi } from "zustand/vanilla";
import type { ConnectionRow } from "../../contract/connections.ts";
import type { LookedAt } from "../../contract/inspect.ts";
import type { FrameRow } from "../../contract/rows.ts";
import type { Editable } from "../../contract/sending.ts";
import { base64Text } from "../../model/base64.ts";
import { MOST_OUTGOING, type OutgoingClose, type OutgoingMessage } from "../../model/outgoing-message.ts";
import type { OwnConnection } from "../../model/own-connection.ts";
import { toldBy } from "../told-by.ts";
import { say, type Said, type Told } from "../../model/said.ts";
import type { ConnectionId } from "../../model/units.ts";
import { KeptStore } from "../state/kept-store.ts";
import type { PanelSession } from "../state/panel-session.ts";
import { countPlaces } from "../state/place-ranges.ts";
import { MOST_AGAIN, type SendWish } from "../state/sending-store.ts";
import { ConnectStore } from "./connect-store.ts";
import { checkDraft, type Draft } from "./draft.ts";
import { LastOutcome, type Outcome } from "./last-outcome.ts";
import { layOut } from "./lay-out.ts";
import { transcriptOf, type TranscriptStore } from "./transcript-store.ts";
import { MESSAGES_KEY, readKeptMessages, rememberMessage, saveTemplate, type KeptMessage, type KeptMessages } from "./kept-messages.ts";

/** A file that is to take the place of what is typed, until it is read; and why it cannot. */
export type FileChoice = { readonly state: "reading"; readonly name: string } | { readonly state: "refused"; readonly why: Said };

/** Whether it is certain which of the page's sockets the connection is. */
export type Reach = { readonly state: "none" | "looking" | "connecting" | "reached" } | { readonly state: "refused"; readonly why: Told };

export interface SendState {
  /** Those that are open; null until that is known. */
  readonly connections: readonly ConnectionRow[] | null;
  readonly connection: ConnectionId | null;
  readonly reach: Reach;
  readonly draft: Draft;
  /** Nothing is sent while one is read. */
  readonly file: FileChoice | null;
  /** The message that the draft was made from, as long as the log has it. `speaks`: its connection, where that is open and known. */
  readonly source: { readonly place: LookedAt; readonly editable: Editable; readonly speaks: string | undefined } | null;
  /** What a value will be sent as; null while it is not known. */
  readonly encoded: readonly OutgoingMessage[] | null;
  readonly outcome: Outcome | null;
}

/** Lines of the list of connections that are looked through for those that are open. */
const MOST_LINES = 400;

/** What one opening of the drawer holds, and owns between `begin` and its end. */
export class SendStore {
  readonly store: StoreApi<SendState> = createStore<SendState>(() => ({
    connections: null,
    connection: null,
    reach: { state: "none" },
    draft: { form: "text", text: "" },
    file: null,
    source: null,
    encoded: null,
    outcome: null,
  }));
  readonly kept: KeptStore<KeptMessages>;
  /** Several messages, sent one after the other. */
  readonly transcript: TranscriptStore;
  /** A connection of the user's own, while it is being written. */
  readonly connecting: ConnectStore;
  readonly #session: PanelSession;
  #stop: () => void = () => {};
  /** Done once it is known which connections are open. */
  #listed: Promise<void> = Promise.resolve();
  /** Which reach is awaited: what is told of one before it is of no use any more. */
  #reaching = 0;
  #encoding = 0;
  /** Which file is awaited. */
  #reading = 0;
  #revision = -1;
  readonly #last: LastOutcome;
  /** Of which log the places are. */
  #generation: number | null = null;
  #isEnded = false;

  constructor(session: PanelSession) {
    this.#session = session;
    this.kept = new KeptStore(session.area, MESSAGES_KEY, readKeptMessages);
    this.transcript = transcriptOf(session);
    this.connecting = new ConnectStore(session);
    this.#last = new LastOutcome(session, { read: () => this.#state, tell: (outcome) => this.store.setState({ outcome }) });
  }

  get #state(): SendState {
    return this.store.getState();
  }

  /** Answers what ends it. */
  begin(): () => void {
    this.#isEnded = false;
    this.#generation = this.#session.counts.getState().changed?.generation ?? null;
    this.#stop = this.#session.counts.subscribe(() => this.#changed());
    this.kept.begin().catch(() => undefined);
    this.#listed = this.#readConnections();
    return () => this.#end();
  }

  /** What the drawer is opened for, the first time and again. */
  async take({ connection, again, connect, isWhole = false }: SendWish): Promise<void> {
    await this.#listed;
    if (connect !== undefined) return this.connecting.open(connect.like);
    const wanted = connection ?? this.#session.scope.store.getState().connection ?? this.#session.selectedConnection();
    const connections = this.#state.connections ?? [];
    const { connection: running, progress } = this.transcript.store.getState();
    const first = connection ?? (progress === null ? null : running) ?? wanted;
    const found = connections.find(({ id }) => id === first) ?? (this.#state.connection === null ? connections[0] : undefined);
    if (found !== undefined) this.choose(found.id);
    if (connection !== null && !isWhole && progress === null) this.transcript.leave();
    if (isWhole && connection !== null) return this.transcript.take(connection);
    if (again === null) return;
    const places = await this.#selected(again);
    if (places.length > 1 || progress !== null) return this.transcript.take(places);
    this.transcript.leave();
    await this.#sendAgain(places[0], connections.find(({ id }) => id === connection)?.speaks);
  }

  /** All rows selected, or this one alone. */
  async #selected(row: FrameRow): Promise<readonly LookedAt[]> {
    const { ranges } = this.#session.selection.store.getState();
    const count = countPlaces(ranges);
    const rows: FrameRow[] = [];
    if (count > 1 && count <= MOST_AGAIN) {
      for (const range of ranges) rows.push(...(await this.#session.engine.call("rows", range).catch(() => ({ rows: [] }))).rows);
    }
    return (rows.length === 0 ? [row] : rows).flatMap(({ kind, index, message }) => (kind === "message" ? { frame: index, message: message?.place } : []));
  }

  choose(connection: ConnectionId): void {
    if (connection === this.#state.connection && this.#state.reach.state !== "refused") return;
    this.#letGo();
    this.store.setState({ connection, outcome: null });
    void this.#reach(connection, false);
  }

  /** The connection chosen, where it is open. */
  get chosenRow(): ConnectionRow | null {
    const { connections, connection } = this.#state;
    return connections?.find(({ id }) => id === connection) ?? null;
  }

  /** What the connection chosen speaks, where a value is to go out on it that is made for another protocol. */
  get otherProtocol(): string | undefined {
    const { source, draft } = this.#state;
    const speaks = this.chosenRow?.speaks;
    return draft.form === "value" && source?.speaks !== undefined && speaks !== source.speaks ? speaks : undefined;
  }

  async connect(wanted: OwnConnection): Promise<void> {
    this.connecting.close();
    this.#letGo();
    // What is sent meanwhile would go to the one before.
    this.store.setState({ outcome: null, reach: { state: "looking" } });
    try {
      const { connection } = await this.#session.capture.live("connect", wanted);
      this.store.setState({ connection });
      void this.#reach(connection, false, "connecting");
      this.#last.opened(connection, wanted.headers);
    } catch (problem) {
      this.store.setState({ outcome: { type: "refused", why: toldBy(problem) }, reach: { state: "none" } });
      this.findAgain();
    }
  }

  /** The user lets the page stand still for it. */
  async findNow(): Promise<void> {
    const { connection } = this.#state;
    if (connection !== null) await this.#reach(connection, true);
  }

  findAgain(): void {
    const { connection } = this.#state;
    if (connection !== null) void this.#reach(connection, false);
  }

  /** Puts what a file holds in the place of the draft, once it is read, unless another draft is chosen meanwhile. */
  async takeFile(file: Pick<File, "name" | "size" | "arrayBuffer">): Promise<void> {
    const { name, size } = file;
    const reading = ++this.#reading;
    if (size > MOST_OUTGOING) {
      this.store.setState({ file: { state: "refused", why: say("live.too-long", { most: MOST_OUTGOING }) } });
      return;
    }
    this.store.setState({ file: { state: "reading", name } });
    // It may be gone, or be somebody else's to read.
    const bytes = await file.arrayBuffer().catch(() => null);
    if (reading !== this.#reading) return;
    if (bytes === null) this.store.setState({ file: { state: "refused", why: say("live.file-unread", { name }) } });
    else this.replace({ form: "file", name, bytes: new Uint8Array(bytes) });
  }

  write(draft: Draft): void {
    this.#reading++;
    this.store.setState({ draft, encoded: null, file: null });
    if (draft.form === "value") void this.#encode();
  }

  /** A kept message, or a file: what it was made from is left. */
  replace(draft: Draft): void {
    this.store.setState({ source: null });
    this.write(draft);
  }

  /** Sends the draft. Of a value its decoder knows whether it is binary. */
  async send(asBinary: boolean): Promise<void> {
    const { connection, draft, source, encoded, outcome, reach, file } = this.#state;
    if (connection === null || reach.state !== "reached" || outcome?.type === "sending" || file?.state === "reading") return;
    const check = checkDraft(draft);
    const message = asBinary ? check.binary : check.text;
    const messages = draft.form === "value" ? encoded : message === null ? null : [message];
    if (messages === null || messages.length === 0) return;
    this.store.setState({ file: null });
    this.#last.begin();
    try {
      for (const one of messages) await this.#session.capture.live("send", { connection, message: one, madeFrom: source?.place.frame ?? null });
    } catch (problem) {
      this.store.setState({ outcome: { type: "refused", why: say("live.not-sent", { why: toldBy(problem) }) } });
      return;
    }
    this.#remember(draft);
    this.#last.sent();
  }

  /** Gives the draft to the page, as if the server had sent it. */
  async receive(): Promise<void> {
    const { connection, draft, encoded, outcome, reach, file } = this.#state;
    if (connection === null || reach.state !== "reached" || outcome?.type === "sending" || file?.state === "reading") return;
    const check = checkDraft(draft);
    const message = draft.form === "text" ? check.text : (check.binary ?? check.text);
    const messages = draft.form === "value" ? encoded : message === null ? null : [message];
    if (messages === null) return;
    this.store.setState({ outcome: { type: "sending" }, file: null });
    try {
      for (const one of messages) await this.#session.capture.live("receive", { connection, message: one });
      this.#remember(draft);
      this.store.setState({ outcome: { type: "received" } });
    } catch (problem) {
      this.store.setState({ outcome: { type: "refused", why: say("live.not-received", { why: toldBy(problem) }) } });
    }
  }

  async closeConnection(close: OutgoingClose): Promise<void> {
    const { connection } = this.#state;
    if (connection === null) return;
    try {
      await this.#session.capture.live("close", { connection, ...close });
      this.store.setState({ outcome: { type: "closed" } });
    } catch (problem) {
      this.store.setState({ outcome: { type: "refused", why: say("live.not-closed", { why: toldBy(problem) }) } });
    }
  }

  async endAbnormally(): Promise<void> {
    const { connection } = this.#state;
    if (connection === null) return;
    try {
      await this.#session.capture.live("endAbnormally", { connection });
      this.store.setState({ outcome: { type: "ended abnormally" } });
    } catch (problem) {
      this.store.setState({ outcome: { type: "refused", why: say("live.not-closed", { why: toldBy(problem) }) } });
    }
  }

  saveTemplate(name: string): void {
    const message = keptOf(this.#state.draft);
    if (message !== null) this.kept.change({ templates: saveTemplate(this.kept.store.getState().templates, name, message) });
  }

  removeTemplate(name: string): void {
    this.kept.change({ templates: this.kept.store.getState().templates.filter((template) => template.name !== name) });
  }

  #end(): void {
    this.#isEnded = true;
    this.#stop();
    this.#last.end();
    this.#letGo();
    this.transcript.drawOn(null);
    this.kept.end();
  }

  /** `awaited`: what it waits for. */
  async #reach(connection: ConnectionId, mayStandStill: boolean, awaited: "looking" | "connecting" = "looking"): Promise<void> {
    const reaching = ++this.#reaching;
    this.transcript.drawOn(connection);
    this.store.setState({ reach: { state: awaited } });
    try {
      await this.#session.capture.live("reach", { connection, mayStandStill });
      if (reaching === this.#reaching) this.store.setState({ reach: { state: "reached" } });
    } catch (problem) {
      if (reaching === this.#reaching) this.store.setState({ reach: { state: "refused", why: toldBy(problem) } });
    }
  }

  #letGo(): void {
    const { connection } = this.#state;
    this.#reaching++;
    // A run that goes on gives it back itself.
    if (connection !== null && !this.transcript.holds(connection)) void this.#session.capture.live("letGo", { connection }).catch(() => undefined);
  }

  async #sendAgain(place: LookedAt | undefined, speaks: string | undefined): Promise<void> {
    if (place === undefined) return;
    try {
      const editable = await this.#session.engine.call("editable", place);
      if (this.#isEnded) return;
      if (editable === null) {
        this.store.setState({ outcome: { type: "refused", why: say("live.left-out", { n: 1 }) }, source: null });
        return;
      }
      this.store.setState({ source: { place, editable, speaks } });
      this.write(editable.form === "value" ? { form: "value", text: layOut(editable.text), decoder: editable.decoder.name } : editable);
    } catch (problem) {
      this.store.setState({ outcome: { type: "refused", why: toldBy(problem) } });
    }
  }

  /** What the decoder makes of the value as it stands now. */
  async #encode(): Promise<void> {
    const encoding = ++this.#encoding;
    const { source, draft } = this.#state;
    if (source === null || draft.form !== "value") return;
    try {
      const encoded = await this.#session.engine.call("encode", { ...source.place, text: draft.text });
      if (encoding === this.#encoding) this.store.setState({ encoded });
    } catch (problem) {
      // What is wrong with the JSON itself is said where it is typed.
      if (encoding === this.#encoding && checkDraft(draft).problem === null) this.store.setState({ outcome: { type: "refused", why: toldBy(problem) } });
    }
  }

  #remember(draft: Draft): void {
    const message = keptOf(draft);
    // What an incognito window says is not written anywhere.
    if (message === null || this.#session.counts.getState().changed?.storage.state === "memory only") return;
    this.kept.change({ history: rememberMessage(this.kept.store.getState().history, message) });
  }

  #changed(): void {
    const { changed } = this.#session.counts.getState();
    const generation = changed?.generation ?? null;
    if (generation !== this.#generation) {
      const isFirst = this.#generation === null;
      this.#generation = generation;
      if (!isFirst) this.#leaveLog();
    }
    this.#last.look();
    if (changed === null || changed.connectionsRevision === this.#revision) return;
    this.#revision = changed.connectionsRevision;
    void this.#readConnections();
    void this.#last.askOpened();
  }

  /** The log was cleared, or that was undone: rows have other places, and what was read out of it stays as it would go out. */
  #leaveLog(): void {
    this.#last.leaveLog();
    const { source, draft, encoded } = this.#state;
    if (source === null) return;
    this.store.setState({ source: null });
    const [message] = encoded ?? [];
    if (draft.form === "value" && message !== undefined) this.write(message.type === "text" ? { form: "text", text: message.text } : { form: "base64", text: base64Text(message.bytes) });
  }

  async #readConnections(): Promise<void> {
    const { connection } = this.#state;
    const watched = connection === null ? [] : [connection];
    const listed = await this.#session.engine.call("connections", { hidesEnded: true, chosen: null, from: 0, to: MOST_LINES, watched }).catch(() => null);
    if (listed === null || this.#isEnded) return;
    const connections = listed.items.flatMap((item) => (item.type === "connection" && item.row.transport === "websocket" && item.row.end === undefined ? item.row : []));
    this.store.setState({ connections });
    const { connection: chosen, reach } = this.#state;
    const hasEnded = listed.watched.some(({ id, end }) => id === chosen && end !== undefined);
    if (hasEnded && reach.state !== "refused") this.store.setState({ reach: { state: "refused", why: say("live.ended") } });
  }
}

const keptOf = (draft: Draft): KeptMessage | null => (draft.form === "file" || draft.form === "value" ? null : { form: draft.form, text: draft.text });
