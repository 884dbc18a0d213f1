import { Dialog } from "radix-ui";
import { useState, type SyntheticEvent } from "react";
import type { ConnectionRow } from "../../contract/connections.ts";
import { MOST_PREFIX, prefixChoice, prefixOf } from "../../model/prefix-choice.ts";
import type { Told } from "../../model/said.ts";
import { Button } from "../controls/button.tsx";
import { Modal } from "../controls/modal.tsx";
import { decodersOf } from "../state/decoders-store.ts";
import { useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { toldBy } from "../told-by.ts";

/** Asks how many bytes stand before what each message of a connection holds. */
export function PrefixEditor({ row, from }: { readonly row: ConnectionRow; readonly from: HTMLElement | null }) {
  const session = useSession();
  const { words, tell } = useSpeaker();
  const { menu } = session;
  const chosen = prefixOf(row.decodedAs);
  const [bytes, setBytes] = useState(String(chosen ?? ""));
  const [problem, setProblem] = useState<Told | null>(null);
  const choice = prefixChoice(Number(bytes));

  async function choose(decoder: string | null): Promise<void> {
    try {
      await decodersOf(session).choose(row, decoder);
      menu.closeAsked();
    } catch (error) {
      setProblem(toldBy(error));
    }
  }

  function skip(event: SyntheticEvent): void {
    event.preventDefault();
    void choose(choice);
  }

  return (
    <Modal className="note-place" onClose={() => menu.closeAsked()} isDescribed from={from}>
      <form className="note" onSubmit={skip}>
        <Dialog.Title>{words("prefix.title")}</Dialog.Title>
        <Dialog.Description className="note-key">{words("prefix.about")}</Dialog.Description>
        <label className="note-field">
          {words("prefix.bytes")}
          <input className="field" type="number" min={1} max={MOST_PREFIX} value={bytes} onChange={({ target }) => (setBytes(target.value), setProblem(null))} />
        </label>
        {problem !== null && (
          <p role="alert" className="note-problem">
            {tell(problem)}
          </p>
        )}
        <div className="note-buttons">
          <Button name={words("prefix.remove")} text={words("menu.remove")} look="plain" disabled={chosen === undefined} onClick={() => void choose(null)} />
          <Button name={words("menu.cancel")} text={words("menu.cancel")} look="plain" onClick={() => menu.closeAsked()} />
          <button type="submit" className="button button-plain" disabled={prefixOf(choice) === undefined}>
            {words("prefix.skip")}
          </button>
        </div>
      </form>
    </Modal>
  );
}
