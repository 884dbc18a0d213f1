import { X } from "lucide-react";
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
  const { index, kind, direction, time, label, connection } = details;
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
      <Button name="Close inspector" icon={<X />} onClick={onClose} />
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
