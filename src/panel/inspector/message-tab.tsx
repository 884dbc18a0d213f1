import type { InspectedFrame } from "../../contract/inspect.ts";
import { useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { HexView } from "./hex-tab.tsx";
import { MediaView } from "./media-view.tsx";
import { JsonTree } from "./json-tree.tsx";
import { TextView } from "./text-view.tsx";

interface MessageTabProps {
  readonly details: InspectedFrame;
  readonly isFinding: boolean;
  readonly onFinding: (isFinding: boolean) => void;
}

/** What the message says: its JSON as a tree, else its text, else what its bytes are. */
export function MessageTab({ details, isFinding, onFinding }: MessageTabProps) {
  const { words, tell } = useSpeaker();
  const { inspector } = useSession();
  const columns = useSelected(inspector, (state) => state.readColumns);
  const { index, message, kind, treeLines, treeHead, textLines, note, size } = details;
  if (treeLines !== null) return <JsonTree frame={index} message={message} lines={treeLines} head={treeHead} revision={details.treeRevision} isFinding={isFinding} onFinding={onFinding} />;
  const hasPayload = kind !== "message" || (size !== null && size > 0);
  if (textLines !== null && hasPayload) {
    return (
      <>
        {note !== null && <p className="inspector-note inspector-note-slim">{tell(note)}</p>}
        <TextView key={`${index} ${message} ${columns}`} details={details} form={{ form: "sent", columns }} laid={{ lines: textLines, longest: columns }} onFold={(lines) => inspector.laid({ frame: index, message }, { textLines: lines })} />
      </>
    );
  }
  if (kind === "message" && size !== null && hasPayload) {
    return (
      <>
        <p className="inspector-note inspector-note-slim">{note === null ? words("inspector.binary") : tell(note)}</p>
        <MediaView key={`media ${index}`} frame={index} size={size} />
        <HexView key={`${index} ${message}`} details={details} size={size} />
      </>
    );
  }
  return <p className="inspector-note">{note === null ? words(kind === "message" ? "inspector.empty" : "inspector.no-payload") : tell(note)}</p>;
}
