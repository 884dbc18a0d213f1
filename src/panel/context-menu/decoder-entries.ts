import type { ConnectionRow } from "../../contract/connections.ts";
import { prefixOf } from "../../model/prefix-choice.ts";
import { say } from "../../model/said.ts";
import { chooseFile } from "../controls/choose-file.ts";
import { decodersOf } from "../state/decoders-store.ts";
import type { PanelSession } from "../state/panel-session.ts";
import type { MenuPart } from "./menu-part.ts";

/** Which decoder reads the messages of a connection: one of all there are, one of the user's own, or whichever recognises them; and what pairs them. */
export const decoderEntries: MenuPart<"decoder"> = ({ session, speaker: { words }, target: { row }, from }) => {
  const { list } = decodersOf(session).store.getState();
  const choice = (decoder: string | null, text: string) => ({
    text,
    isOn: (row.decodedAs ?? null) === decoder,
    run: () => void decodeAs(session, row, () => decoder),
  });
  return [
    { type: "choices", key: "decoders", choices: [choice(null, words("menu.decode-automatically")), ...list.map(({ id, name }) => choice(id, name))] },
    { type: "separator", key: "open" },
    { type: "item", text: words(row.hasSchema === true ? "schema.menu-change" : "schema.menu"), run: () => session.menu.ask({ type: "schema", row, from }) },
    { type: "item", text: words(prefixOf(row.decodedAs) === undefined ? "prefix.menu" : "prefix.menu-change"), run: () => session.menu.ask({ type: "prefix", row, from }) },
    { type: "item", text: words(row.pairs === undefined ? "pairs.menu" : "pairs.menu-change"), run: () => session.menu.ask({ type: "pairs", row, from }) },
    { type: "item", text: words("own.open"), run: () => chooseFile(OWN_FILES, (file) => void decodeAs(session, row, () => decodersOf(session).open(file))) },
  ];
};

/** What the user's own decoders come in. */
export const OWN_FILES = ".js,.mjs,text/javascript";

async function decodeAs(session: PanelSession, row: ConnectionRow, decoder: () => string | null | Promise<string>): Promise<void> {
  try {
    await decodersOf(session).choose(row, await decoder());
  } catch (problem) {
    session.refusals.tell((why) => say("panel.not-decoded", { why }), problem);
  }
}
