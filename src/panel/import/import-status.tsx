import { X } from "lucide-react";
import { use } from "react";
import { Button } from "../controls/button.tsx";
import { leavesKeyboardToTable } from "../controls/leave-keyboard.ts";
import { SpokenStatus } from "../controls/spoken-status.tsx";
import { useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import type { Speaker } from "../../words/speaker.ts";
import { importsOf, type ImportState } from "./import-store.ts";

/** How far an import is, and how to end it. */
export function ImportStatus() {
  const imports = importsOf(useSession());
  const { words, whole } = useSpeaker();
  // Its words come after the first paint, too.
  use(whole());
  const running = useSelected(imports, (state) => state.running);
  const text = running === null ? "" : describe(running, words);
  return (
    <span className="status-export">
      <SpokenStatus name={words("bar.import")} title={text} text={text} />
      {running !== null && <Button ref={leavesKeyboardToTable} name={words("import.cancel")} icon={<X />} onClick={() => imports.cancel()} />}
    </span>
  );
}

function describe({ name, waiting, progress }: NonNullable<ImportState["running"]>, words: Speaker["words"]): string {
  const share = progress?.share ?? 0;
  const now = progress?.doing === "writing" ? words("import.writing", { name, share }) : words("import.reading", { name, share });
  return waiting === 0 ? now : `${now} · ${words("import.waiting", { n: waiting })}`;
}
