import { createStore, type StoreApi } from "zustand/vanilla";
import type { Snippet, SnippetForm, SnippetRequest } from "../../contract/snippets.ts";
import { say, type Said } from "../../model/said.ts";
import type { Speaker } from "../../words/speaker.ts";
import type { ConnectionId } from "../../model/units.ts";
import { readOutside } from "../http-log/read-outside.ts";
import type { PanelSession } from "../state/panel-session.ts";
import type { MenuEntry } from "./menu-entry.ts";
import type { MenuPart } from "./menu-part.ts";

interface SnippetChoices extends Pick<SnippetRequest, "withSecrets" | "withPauses"> {
  /** Empty until the engine has told them. */
  readonly forms: readonly SnippetForm[];
}

/** Here and not in the session: nothing of it is needed before a menu is opened. */
export const snippetChoices: { readonly store: StoreApi<SnippetChoices> } = { store: createStore<SnippetChoices>(() => ({ forms: [], withSecrets: false, withPauses: true })) };

/** For a menu that is opened. That secrets are wanted is to be said each time anew. */
export function askSnippets({ engine }: PanelSession): void {
  const { store } = snippetChoices;
  store.setState({ withSecrets: false });
  if (store.getState().forms.length > 0) return;
  engine.call("snippetForms", null).then(
    (forms) => store.setState({ forms }),
    // The engine has ended; the status bar says so, and the next menu asks again.
    () => undefined,
  );
}

/** The messages selected, of one connection; of rows that the page did not send, what it had sent before them. */
export const frameCopyAs: MenuPart<"frame"> = ({ session, speaker, target: { row } }) => {
  if (row.transport !== "websocket") return [];
  return [{ type: "submenu", text: speaker.words("menu.copy-as"), entries: snippetEntries(session, speaker, { places: session.selection.store.getState().ranges }, row.connection) }];
};

export const connectionCopyAs: MenuPart<"connection"> = ({ session, speaker, target: { row } }) => {
  if (row.transport !== "websocket") return [];
  return [{ type: "submenu", text: speaker.words("menu.copy-as"), entries: snippetEntries(session, speaker, { connection: row.id }, row.id) }];
};

/** What a connection, or the messages of one, can be copied as. */
function snippetEntries(session: PanelSession, { words }: Speaker, of: SnippetRequest["of"], connection: ConnectionId): readonly MenuEntry[] {
  const { clipboard, engine } = session;
  const { store } = snippetChoices;
  const { forms, withSecrets, withPauses } = store.getState();
  const item = ({ target, name }: SnippetForm): MenuEntry => ({
    type: "item",
    text: name,
    run: () => void clipboard.copyNamed(copied({ target, of, withSecrets, withPauses }, name)),
  });
  const copied = async (request: Omit<SnippetRequest, "exchanges" | "stored">, name: string): Promise<{ readonly done: Said; readonly text: string }> => {
    const snippet = await engine.call("snippet", { ...request, ...(await readOutside(session, connection)) });
    return { done: copiedAs(name, snippet), text: snippet.text };
  };
  return [
    ...forms.filter(({ side }) => side === "client").map(item),
    { type: "separator", key: "mocks" },
    { type: "title", text: words("menu.mocks") },
    ...forms.filter(({ side }) => side === "server").map(item),
    { type: "separator", key: "how" },
    { type: "check", text: words("menu.keep-pauses"), isOn: withPauses, run: () => store.setState({ withPauses: !withPauses }) },
    { type: "check", text: words("menu.with-sensitive"), isOn: withSecrets, run: () => store.setState({ withSecrets: !withSecrets }) },
  ];
}

/** Of which connection, without what its query holds, and how much of it. */
function copiedAs(name: string, { url, messages: n, secrets }: Snippet): Said {
  const { host, pathname } = new URL(url);
  const path = pathname === "/" ? host : pathname;
  return secrets.length === 0 ? say("snippet.copied", { path, name, n }) : say("snippet.copied-without", { path, name, n, secrets: [...secrets] });
}
