import { Suspense } from "react";
import { useStore } from "zustand";
import { ImportStatus } from "../import/import-status.tsx";
import { RulesStatus } from "../rules/rules-status.tsx";
import { useSession } from "../state/session-context.ts";
import { CopiedNote } from "./copied-note.tsx";
import { ExportStatus } from "./export-status.tsx";
import { FindingsStatus } from "./findings-status.tsx";
import { NetworkStatus } from "./network-status.tsx";
import { RunStatus } from "./run-status.tsx";
import { ProblemCounts } from "./problem-counts.tsx";
import { SelectionStatus } from "./selection-status.tsx";

/** What the status bar has beside the figures of the log: loaded after the first paint. */
export function LateStatus() {
  const { rules, messageRules, sending } = useSession();
  const network = useStore(rules);
  const messages = useStore(messageRules);
  const { wish, run } = useStore(sending.store);
  return (
    <>
      <Suspense fallback={null}>
        {network.length > 0 && <NetworkStatus rules={network} />}
        {run !== null && wish === null && <RunStatus run={run} />}
        {(messages.on.length > 0 || messages.isSettling) && <RulesStatus rules={messages} />}
      </Suspense>
      {/* Each waits for its words by itself. */}
      <Suspense fallback={null}>
        <FindingsStatus />
      </Suspense>
      {/* What comes and goes has nothing behind it that would move. */}
      <SelectionStatus />
      <CopiedNote />
      <ExportStatus />
      <Suspense fallback={null}>
        <ImportStatus />
      </Suspense>
      <ProblemCounts />
    </>
  );
}
