import type { ConnectionRow } from "../../contract/connections.ts";
import type { Speaker } from "../../words/speaker.ts";
import type { PanelSession } from "../state/panel-session.ts";
import type { MenuEntry } from "./menu-entry.ts";

/** Which decoder reads the messages of a connection: one of all there are, or whichever recognises them. */
export function decoderEntries(session: PanelSession, { words }: Speaker, row: ConnectionRow): readonly MenuEntry[] {
  const { list } = session.decoders.store.getState();
  const choice = (decoder: string | null, text: string) => ({
    text,
    isOn: (row.decodedAs ?? null) === decoder,
    run: () => void session.decodeAs(row, decoder),
  });
  return [{ type: "choices", key: "decoders", choices: [choice(null, words("menu.decode-automatically")), ...list.map(({ id, name }) => choice(id, name))] }];
}
