import { lazy, Suspense } from "react";
import { useSelected, useSession } from "../state/session-context.ts";

const SecretsDialog = lazy(async () => ({ default: (await import("./secrets-dialog.tsx")).SecretsDialog }));

const ColumnsDialog = lazy(async () => ({ default: (await import("./columns-dialog.tsx")).ColumnsDialog }));

/** What an export asks before it is written; nothing until then. */
export function ExportQuestions() {
  const { exports } = useSession();
  const state = useSelected(exports, (now) => now);
  return (
    <Suspense fallback={null}>
      {state.state === "asking" && <SecretsDialog format={state.format} found={state.found} />}
      {state.state === "choosing" && <ColumnsDialog format={state.format} columns={state.columns} chosen={state.chosen} />}
    </Suspense>
  );
}
