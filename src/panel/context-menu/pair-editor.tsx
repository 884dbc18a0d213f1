import { useState } from "react";
import type { ConnectionRow } from "../../contract/connections.ts";
import type { Direction } from "../../model/frame.ts";
import { LONGEST_PAIR_PATH, type PairPaths } from "../../model/pair-paths.ts";
import type { Told } from "../../model/said.ts";
import { AskDialog, AskField } from "../controls/ask-dialog.tsx";
import { decodersOf } from "../state/decoders-store.ts";
import { useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { toldBy } from "../told-by.ts";
import { readColumn } from "./path-editor.tsx";

const ENDS = ["request", "answer"] as const;

/** Asks by which two paths the requests and answers of a connection are paired. */
export function PairEditor({ row, from }: { readonly row: ConnectionRow; readonly from: HTMLElement | null }) {
  const session = useSession();
  const { words } = useSpeaker();
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

  function pair(): void {
    const request = readColumn(paths.request);
    const answer = readColumn(paths.answer);
    if (typeof request !== "string") setProblem(request.problem);
    else if (typeof answer !== "string") setProblem(answer.problem);
    else void choose({ asks, request, answer });
  }

  return (
    <AskDialog
      title={words("pairs.title")}
      about={words("pairs.about")}
      problem={problem}
      remove={{ name: words("pairs.remove"), reason: row.pairs === undefined ? words("pairs.remove-nothing") : null, onClick: () => void choose(null) }}
      save={{ name: words("pairs.pair"), reason: paths.request.trim() === "" || paths.answer.trim() === "" ? words("pairs.paths-first") : null }}
      onSave={pair}
      onClose={() => menu.closeAsked()}
      from={from}
    >
      {ENDS.map((end) => (
        <AskField key={end} name={words(`pairs.${end}`)}>
          <input type="text" className="field ask-path" placeholder={words(`pairs.${end}-example`)} value={paths[end]} maxLength={LONGEST_PAIR_PATH} spellCheck={false} onChange={({ target }) => (setPaths({ ...paths, [end]: target.value }), setProblem(null))} />
        </AskField>
      ))}
      <AskField name={words("pairs.asks")}>
        <select className="field" value={asks} onChange={({ target }) => setAsks(target.value === "received" ? "received" : "sent")}>
          <option value="sent">{words("schema.sent")}</option>
          <option value="received">{words("schema.received")}</option>
        </select>
      </AskField>
    </AskDialog>
  );
}
