import type { FrameDetails } from "../../contract/inspect.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { ReloadPage, useIsRunning } from "./reload-page.tsx";

/** Where a compressed stream cannot be unpacked since its start was not seen: the page loaded again begins another. */
export function UnpackFromStart({ details: { layers, connection } }: { readonly details: Pick<FrameDetails, "layers" | "connection"> }) {
  const { words } = useSpeaker();
  const isRunning = useIsRunning();
  const isLate = connection?.seenFromStart === false && layers.some(({ problem }) => problem?.code === "decode.packed-late");
  return isRunning && isLate && <ReloadPage about={words("offers.reload-about")} />;
}
