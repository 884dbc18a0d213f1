import { Pin, StickyNote, X } from "lucide-react";
import { memo } from "react";
import type { FrameDetails } from "../../contract/inspect.ts";
import type { ConnectionId } from "../../model/units.ts";
import type { Speaker } from "../../words/speaker.ts";
import { Button } from "../controls/button.tsx";
import { leavesKeyboardToTable } from "../controls/leave-keyboard.ts";
import { MiddleCut } from "../figures/middle-cut.tsx";
import { opcodeName, rowType, urlParts } from "../figures/row-words.ts";
import { useConnection, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { MuteButton } from "./mute-button.tsx";

interface FrameHeadProps {
  readonly details: FrameDetails;
  readonly onClose: () => void;
}

/** Made once: who holds an arrow key has the head drawn anew many times a second, and an icon costs more than its button. */
const PIN = <Pin />;
const NOTE = <StickyNote />;
const CLOSE = <X />;

export const FrameHead = memo(function FrameHead({ details, onClose }: FrameHeadProps) {
  const { index, direction, time, connection, pinned, userNote } = details;
  const session = useSession();
  const speaker = useSpeaker();
  const { words, figures } = speaker;
  return (
    <header ref={leavesKeyboardToTable} className="inspector-head">
      <h2>
        #{figures.count(index + 1)}{" "}
        {direction !== null && (
          <span className={`inspector-${direction}`} aria-label={words(`table.${direction}`)}>
            {direction === "sent" ? "↑" : "↓"}
          </span>
        )}{" "}
        {titleOf(details, speaker)}
      </h2>
      <div className="inspector-buttons">
        <MuteButton details={details} />
        <Button
          name={words("inspector.pin")}
          icon={PIN}
          isPressed={pinned}
          title={words(pinned ? "inspector.unpin-about" : "inspector.pin-about")}
          onClick={() => void session.pin(index, !pinned)}
        />
        <Button
          name={words("inspector.note")}
          icon={NOTE}
          title={words("inspector.note-about")}
          onClick={(event) => session.menu.ask({ type: "note", frame: index, text: userNote, from: event.currentTarget })}
        />
        <Button name={words("inspector.close")} icon={CLOSE} onClick={onClose} />
      </div>
      <p title={time === null ? undefined : figures.dateTime(time)}>
        <span className="inspector-time">{time === null ? words("inspector.time-unknown") : figures.preciseTime(time)}</span>
        {describe(details, speaker)}
        {connection !== null && (
          <span className="inspector-path" title={connection.url}>
            {" · "}
            <MiddleCut text={urlParts(connection.url, words).path} />
          </span>
        )}
      </p>
      {userNote !== "" && <p className="inspector-user-note">{userNote}</p>}
    </header>
  );
});

interface ConnectionHeadProps {
  readonly connection: ConnectionId | null;
  /** It is the last of so many that took each other's place, which one line of the list counts together. */
  readonly times: number;
  readonly onClose: () => void;
}

export function ConnectionHead({ connection, times, onClose }: ConnectionHeadProps) {
  const { words } = useSpeaker();
  const row = useConnection(connection);
  return (
    <header ref={leavesKeyboardToTable} className="inspector-head">
      <h2 className="inspector-path" title={row?.url}>
        {row === undefined ? words("inspector.nothing-selected") : <MiddleCut text={urlParts(row.url, words).path} />}
      </h2>
      <Button name={words("inspector.close")} icon={CLOSE} onClick={onClose} />
      <p>{row === undefined ? " " : `${times > 1 ? words("inspector.last-connection", { n: times, state: words(`connections.state-${row.state}`) }) : words("inspector.connection", { state: words(`connections.state-${row.state}`) })} · ${words("connections.counts", { n: row.frames, bytes: row.bytes })}`}</p>
    </header>
  );
}

/** The decoder's label; of a message that nobody decoded, what it is. */
function titleOf({ kind, label, opcode, direction }: FrameDetails, speaker: Speaker): string {
  const isUndecoded = label === "text" || label === "binary" || label === `opcode ${opcode}`;
  if (kind !== "message") return rowType({ label, messageKind: null }, speaker);
  return isUndecoded && direction !== null ? speaker.words("inspector.undecoded", { type: opcodeName(opcode, speaker), direction }) : label;
}

function describe({ kind, opcode, size }: FrameDetails, speaker: Speaker): string {
  const { words, figures } = speaker;
  if (kind !== "message") return "";
  return ` · ${opcodeName(opcode, speaker)} · ${size === null ? words("inspector.size-unknown") : figures.bytes(size)}`;
}
