import type { MenuPart } from "./menu-part.ts";

/** Which decoder reads the messages of a connection: one of all there are, or whichever recognises them. */
export const decoderEntries: MenuPart<"decoder"> = ({ session, speaker: { words }, target: { row } }) => {
  const { list } = session.decoders.store.getState();
  const choice = (decoder: string | null, text: string) => ({
    text,
    isOn: (row.decodedAs ?? null) === decoder,
    run: () => void session.decodeAs(row, decoder),
  });
  return [{ type: "choices", key: "decoders", choices: [choice(null, words("menu.decode-automatically")), ...list.map(({ id, name }) => choice(id, name))] }];
};
