import { useState } from "react";
import { isColumnPath, LONGEST_COLUMN_PATH, MOST_COLUMN_PATHS, type ColumnPath } from "../../contract/column-paths.ts";
import { say, type Told } from "../../model/said.ts";
import { printPath, readPath } from "../../query/path.ts";
import { AskDialog } from "../controls/ask-dialog.tsx";
import { addPath, canAddPath } from "../state/path-columns.ts";
import { useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";

/** Asks for a path that is to be a column. */
export function PathEditor({ from }: { readonly from: HTMLElement | null }) {
  const { columns, menu } = useSession();
  const { words } = useSpeaker();
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<Told | null>(null);

  function add(): void {
    const layout = columns.store.getState();
    const read = readColumn(text);
    if (typeof read !== "string") return setProblem(read.problem);
    if (!layout.order.includes(read) && !canAddPath(layout)) return setProblem(say("menu.add-column-most", { n: MOST_COLUMN_PATHS }));
    columns.change(addPath(layout, read));
    menu.closeAsked();
  }

  return (
    <AskDialog
      title={words("menu.add-column-title")}
      about={words("menu.add-column-about")}
      problem={problem}
      save={{ name: words("menu.add-column-add"), reason: text.trim() === "" ? words("menu.add-column-first") : null }}
      onSave={add}
      onClose={() => menu.closeAsked()}
      from={from}
    >
      <input type="text" className="field ask-path" aria-label={words("menu.add-column-path")} aria-invalid={problem !== null} placeholder={words("menu.add-column-example")} value={text} maxLength={LONGEST_COLUMN_PATH} spellCheck={false} onChange={({ target }) => (setText(target.value), setProblem(null))} />
    </AskDialog>
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
