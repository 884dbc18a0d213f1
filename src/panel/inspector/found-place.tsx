import { MOST_FOUND } from "../../contract/inspect.ts";
import { useSpeaker } from "../state/speaker-context.ts";

interface FoundPlaceProps {
  /** Null: it is nowhere. Undefined: nothing was sought yet. */
  readonly found: { readonly place: number; readonly count: number } | null | undefined;
  readonly name: string;
}

/** Which of how many places was found. */
export function FoundPlace({ found, name }: FoundPlaceProps) {
  const { words } = useSpeaker();
  return (
    <span className={found === null ? "raw-found inspector-problem" : "raw-found"} role="status" aria-label={name}>
      {found === undefined ? "" : found === null ? words("hex.not-found") : words(found.count < MOST_FOUND ? "raw.place" : "raw.place-of-more", { n: found.place, all: found.count })}
    </span>
  );
}
