import { useState } from "react";
import type { ConnectionRow } from "../../contract/connections.ts";
import { MOST_PREFIX, prefixChoice, prefixOf } from "../../model/prefix-choice.ts";
import type { Told } from "../../model/said.ts";
import { AskDialog, AskField } from "../controls/ask-dialog.tsx";
import { decodersOf } from "../state/decoders-store.ts";
import { useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { toldBy } from "../told-by.ts";

/** Asks how many bytes stand before what each message of a connection holds. */
export function PrefixEditor({ row, from }: { readonly row: ConnectionRow; readonly from: HTMLElement | null }) {
  const session = useSession();
  const { words } = useSpeaker();
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

  return (
    <AskDialog
      title={words("prefix.title")}
      about={words("prefix.about")}
      problem={problem}
      remove={{ name: words("prefix.remove"), reason: chosen === undefined ? words("prefix.remove-nothing") : null, onClick: () => void choose(null) }}
      save={{ name: words("prefix.skip"), reason: prefixOf(choice) === undefined ? words("prefix.bytes-first", { most: MOST_PREFIX }) : null }}
      onSave={() => void choose(choice)}
      onClose={() => menu.closeAsked()}
      from={from}
    >
      <AskField name={words("prefix.bytes")}>
        <input className="field" type="number" min={1} max={MOST_PREFIX} value={bytes} onChange={({ target }) => (setBytes(target.value), setProblem(null))} />
      </AskField>
    </AskDialog>
  );
}
