import { Dialog } from "radix-ui";
import { useState, type SyntheticEvent } from "react";
import type { ConnectionRow } from "../../contract/connections.ts";
import type { Direction } from "../../model/frame.ts";
import { LONGEST_PAIR_PATH, type PairPaths } from "../../model/pair-paths.ts";
import type { Told } from "../../model/said.ts";
import { Button } from "../controls/button.tsx";
import { Modal } from "../controls/modal.tsx";
import { decodersOf } from "../state/decoders-store.ts";
import { useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { toldBy } from "../told-by.ts";
import { readColumn } from "./path-editor.tsx";

const ENDS = ["request", "answer"] as const;

/** Asks by which two paths the requests and answers of a connection are paired. */
export function PairEditor({ row, from }: { readonly row: ConnectionRow; readonly from: HTMLElement | null }) {
  const session = useSession();
  const { words, tell } = useSpeaker();
  const { menu } = session;
  const [paths, setPaths] = useState({ request: row.pairs?.request ?? "", answer: row.pairs?.answer ?? "" });
  const [asks, setAsks] = useState<Direction>(row.pairs?.asks ?? "sent");
  const [problem, setProblem] = useState<Told | null>(null);

  async function choose(pairs: PairPaths | null): Promise<void> {
    try {
      await decodersOf(session).pairBy(row, pairs);
      menu.closeAsked();
    } catch (error) {
      setProblem(toldBy(error));
    }
  }

  function pair(event: SyntheticEvent): void {
    event.preventDefault();
    const request = readColumn(paths.request);
    const answer = readColumn(paths.answer);
    if (typeof request !== "string") setProblem(request.problem);
    else if (typeof answer !== "string") setProblem(answer.problem);
    else void choose({ asks, request, answer });
  }

  return (
    <Modal className="note-place" onClose={() => menu.closeAsked()} isDescribed from={from}>
      <form className="note" onSubmit={pair}>
        <Dialog.Title>{words("pairs.title")}</Dialog.Title>
        <Dialog.Description className="note-key">{words("pairs.about")}</Dialog.Description>
        {ENDS.map((end) => (
          <label key={end} className="note-field">
            {words(`pairs.${end}`)}
            <input className="field note-path" placeholder={words(`pairs.${end}-example`)} value={paths[end]} maxLength={LONGEST_PAIR_PATH} spellCheck={false} onChange={({ target }) => (setPaths({ ...paths, [end]: target.value }), setProblem(null))} />
          </label>
        ))}
        <label className="note-field">
          {words("pairs.asks")}
          <select className="field" value={asks} onChange={({ target }) => setAsks(target.value === "received" ? "received" : "sent")}>
            <option value="sent">{words("schema.sent")}</option>
            <option value="received">{words("schema.received")}</option>
          </select>
        </label>
        {problem !== null && (
          <p role="alert" className="note-problem">
            {tell(problem)}
          </p>
        )}
        <div className="note-buttons">
          <Button name={words("pairs.remove")} text={words("menu.remove")} look="plain" disabled={row.pairs === undefined} onClick={() => void choose(null)} />
          <Button name={words("menu.cancel")} text={words("menu.cancel")} look="plain" onClick={() => menu.closeAsked()} />
          <button type="submit" className="button button-plain" disabled={paths.request.trim() === "" || paths.answer.trim() === ""}>
            {words("pairs.pair")}
          </button>
        </div>
      </form>
    </Modal>
  );
}
