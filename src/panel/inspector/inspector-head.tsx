import { Pin, StickyNote, X } from "lucide-react";
import type { FrameDetails } from "../../engine/contract.ts";
import { OPCODE_BINARY, OPCODE_TEXT } from "../../model/frame.ts";
import type { ConnectionId } from "../../model/units.ts";
import { Button } from "../controls/button.tsx";
import { formatBytes, formatCount, formatDateTime, formatPreciseTime } from "../figures/figures.ts";
import { splitUrl } from "../figures/web-socket-url.ts";
import { useSelected, useSession } from "../state/session-context.ts";

interface FrameHeadProps {
  readonly details: FrameDetails;
  readonly onClose: () => void;
}

export function FrameHead({ details, onClose }: FrameHeadProps) {
  const { index, kind, direction, time, label, connection, pinned, userNote } = details;
  const session = useSession();
  return (
    <header className="inspector-head">
      <h2>
        #{formatCount(index + 1)}{" "}
        {direction !== null && (
          <span className={`inspector-${direction}`} aria-label={direction}>
            {direction === "sent" ? "↑" : "↓"}
          </span>
        )}{" "}
        {kind !== "message" || isDecoded(details) ? label : `${label} message ${direction ?? ""}`}
      </h2>
      <div className="inspector-buttons">
        <Button
          name="Pin"
          icon={<Pin />}
          isPressed={pinned}
          title={pinned ? "Take the pin away" : "Pin this frame: is:pinned finds it"}
          onClick={() => void session.pin(index, !pinned)}
        />
        <Button
          name="Note"
          icon={<StickyNote />}
          title="Write a note on this frame"
          onClick={(event) => session.menu.writeNote(index, userNote, event.currentTarget)}
        />
        <Button name="Close inspector" icon={<X />} onClick={onClose} />
      </div>
      <p title={time === null ? undefined : formatDateTime(time)}>
        <span className="inspector-time">{time === null ? "time unknown" : formatPreciseTime(time)}</span>
        {describe(details)}
        {connection !== null && (
          <span title={connection.url}>
            {" · "}
            {splitUrl(connection.url).path}
          </span>
        )}
      </p>
      {userNote !== "" && <p className="inspector-user-note">{userNote}</p>}
    </header>
  );
}

interface ConnectionHeadProps {
  readonly connection: ConnectionId | null;
  readonly onClose: () => void;
}

export function ConnectionHead({ connection, onClose }: ConnectionHeadProps) {
  const session = useSession();
  const row = useSelected(session.connections, ({ rows }) => rows.find(({ id }) => id === connection));
  return (
    <header className="inspector-head">
      <h2 title={row?.url}>{row === undefined ? "Nothing selected" : splitUrl(row.url).path}</h2>
      <Button name="Close inspector" icon={<X />} onClick={onClose} />
      <p>{row === undefined ? " " : `Connection · ${row.state} · ${formatCount(row.frames)} frames · ${formatBytes(row.bytes)}`}</p>
    </header>
  );
}

const isDecoded = ({ label, opcode }: FrameDetails): boolean => label !== opcodeName(opcode);

function describe({ kind, opcode, size }: FrameDetails): string {
  if (kind !== "message") return "";
  return ` · ${opcodeName(opcode)} · ${size === null ? "size unknown" : formatBytes(size)}`;
}

function opcodeName(opcode: number): string {
  if (opcode === OPCODE_TEXT) return "text";
  return opcode === OPCODE_BINARY ? "binary" : `opcode ${opcode}`;
}
