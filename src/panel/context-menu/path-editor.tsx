import { Dialog } from "radix-ui";
import { useState, type SyntheticEvent } from "react";
import { isColumnPath, LONGEST_COLUMN_PATH, MOST_COLUMN_PATHS, type ColumnPath } from "../../contract/column-paths.ts";
import { say, type Told } from "../../model/said.ts";
import { printPath, readPath } from "../../query/path.ts";
import { Button } from "../controls/button.tsx";
import { Modal } from "../controls/modal.tsx";
import { addPath, canAddPath } from "../state/path-columns.ts";
import { useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";

/** Asks for a path that is to be a column. */
export function PathEditor({ from }: { readonly from: HTMLElement | null }) {
  const { columns, menu } = useSession();
  const { words, tell } = useSpeaker();
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<Told | null>(null);

  function add(event: SyntheticEvent): void {
    event.preventDefault();
    const layout = columns.store.getState();
    const read = readColumn(text);
    if (typeof read !== "string") return setProblem(read.problem);
    if (!layout.order.includes(read) && !canAddPath(layout)) return setProblem(say("menu.add-column-most", { n: MOST_COLUMN_PATHS }));
    columns.change(addPath(layout, read));
    menu.closeAsked();
  }

  return (
    <Modal className="note-place" onClose={() => menu.closeAsked()} isDescribed from={from}>
      <form className="note" onSubmit={add}>
        <Dialog.Title>{words("menu.add-column-title")}</Dialog.Title>
        <input className="field note-path" aria-label={words("menu.add-column-path")} aria-invalid={problem !== null} placeholder={words("menu.add-column-example")} value={text} maxLength={LONGEST_COLUMN_PATH} spellCheck={false} onChange={(event) => (setText(event.target.value), setProblem(null))} />
        <Dialog.Description className="note-key">{words("menu.add-column-about")}</Dialog.Description>
        {problem !== null && (
          <p role="alert" className="note-problem">
            {tell(problem)}
          </p>
        )}
        <div className="note-buttons">
          <Button name={words("menu.cancel")} text={words("menu.cancel")} look="plain" onClick={() => menu.closeAsked()} />
          <Button name={words("menu.add-column-add")} text={words("menu.add-column-add")} look="plain" disabled={text.trim() === ""} onClick={add} />
        </div>
      </form>
    </Modal>
  );
}

/** What was typed, as the filter writes it; a key alone is meant as one. */
export function readColumn(text: string): ColumnPath | { readonly problem: Told } {
  const typed = text.trim();
  const read = readPath(/^[.$]/.test(typed) ? typed : `.${typed}`);
  if ("problem" in read) return { problem: read.problem };
  const path = printPath(read.value);
  return isColumnPath(path) ? path : { problem: say("query.path-key") };
}
