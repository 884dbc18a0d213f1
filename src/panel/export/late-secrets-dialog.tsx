import { lazy, Suspense } from "react";
import { useSelected, useSession } from "../state/session-context.ts";

const SecretsDialog = lazy(async () => ({ default: (await import("./secrets-dialog.tsx")).SecretsDialog }));

/** Nothing until an export asks. */
export function LateSecretsDialog() {
  const { exports } = useSession();
  const state = useSelected(exports, (now) => now);
  return state.state === "asking" ? (
    <Suspense fallback={null}>
      <SecretsDialog format={state.format} found={state.found} />
    </Suspense>
  ) : null;
}
