import { useWhole } from "./use-whole.ts";
import { useSpeaker } from "../state/speaker-context.ts";

/** Events behind a figure of frames. The first rows say nothing of them. */
export function EventCount({ n }: { readonly n: number }) {
  const { words } = useSpeaker();
  return useWhole() && ` · ${words("place.events", { n })}`;
}
