import { say } from "../../model/said.ts";
import { connectionCondition } from "./conditions.ts";
import { decoderEntries } from "./decoder-entries.ts";
import { filterEntries } from "./filter-entries.ts";
import type { MenuEntry } from "./menu-entry.ts";
import type { HandshakeView } from "../../contract/inspect.ts";
import type { ConnectionRow } from "../../contract/connections.ts";
import { addressOf, isSameAddress } from "../../model/alike-addresses.ts";
import type { PanelSession } from "../state/panel-session.ts";
import type { Header } from "../../model/connection.ts";
import type { MenuPart } from "./menu-part.ts";

export const connectionDecoder: MenuPart<"connection"> = ({ session, speaker, target: { row }, from }) => [
  { type: "submenu", text: speaker.words("menu.decode-as"), entries: decoderEntries({ session, speaker, target: { type: "decoder", row }, from }) },
];

export const connectionFilter: MenuPart<"connection"> = ({ session, speaker, target: { row } }) => {
  const entries = filterEntries(session, speaker, connectionCondition(row.id));
  if (row.url === "") return entries;
  const { openedAt } = row;
  const text = openedAt === "" ? speaker.words("menu.hide-alike") : speaker.words("menu.hide-alike-on", { site: openedAt });
  return [...entries, { type: "item", text, hint: speaker.words("menu.remembered"), run: () => hideAlike(session, row) }];
};

/** Remembered by site: there, none like it is shown until the user wants them again. */
function hideAlike({ settings }: PanelSession, { url, openedAt }: ConnectionRow): void {
  const address = addressOf(url, openedAt);
  const others = settings.store.getState().hiddenConnections.filter((one) => !isSameAddress(one, address));
  settings.change({ hiddenConnections: [...others, address] });
}

/** What the user makes of it: a note, which stands at its first row. */
export const connectionNote: MenuPart<"connection"> = ({ session, speaker: { words }, target: { row }, from }) => {
  const write = async (): Promise<void> => {
    const first = await session.engine.call("firstRow", { connection: row.id });
    if (first !== null) session.menu.ask({ type: "note", frame: first.frame, text: first.note, from });
  };
  return [{ type: "item", text: words("menu.note-connection"), hint: words("menu.note-connection-where"), run: () => void write().catch((problem: unknown) => session.refusals.tell((why) => say("panel.note-not-saved", { why }), problem)) }];
};

export const connectionAddress: MenuPart<"connection"> = ({ session, speaker: { words }, target: { row: { id, url, state } } }) => {
  const headers: MenuEntry = { type: "item", text: words("menu.copy-headers"), run: () => void session.clipboard.copy(say("menu.headers-copied"), session.engine.call("handshake", { connection: id }).then(headersText)) };
  const copy: MenuEntry = { type: "item", text: words("menu.copy-url"), reason: url === "" ? words("menu.no-url") : null, run: () => void session.clipboard.copy(say("copy.url"), url) };
  if (url !== "" || state !== "open") return [copy, headers];
  return [{ type: "item", text: words("connections.find-address"), hint: words("connections.stands-still"), run: () => session.capture.findSilentSockets() }, copy, headers];
};

/** Request and answer, as they went over the wire where that is known. */
function headersText(view: HandshakeView | null): string {
  if (view === null) return "";
  const { connection } = view;
  const { requestHeaders, responseHeaders, status, statusText = "", requestText, responseText } =
    connection.transport === "websocket" ? connection.handshake : { ...connection.exchange, requestText: undefined };
  const answer = status === undefined ? "" : [`HTTP ${status} ${statusText}`.trim(), ...lines(responseHeaders)].join("\n");
  return [requestText ?? lines(requestHeaders).join("\n"), responseText ?? answer].map((part) => part.trim()).join("\n\n").trim();
}

const lines = (headers: readonly Header[]): string[] => headers.map(({ name, value }) => `${name}: ${value}`);
