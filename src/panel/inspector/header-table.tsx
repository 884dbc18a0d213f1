import { useState } from "react";
import type { Header } from "../../model/connection.ts";
import type { ConnectionId } from "../../model/units.ts";
import { Button } from "../controls/button.tsx";
import { useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";

interface HeaderTableProps {
  readonly name: string;
  /** Of the button that shows the raw text. */
  readonly rawName: string;
  readonly connection: ConnectionId;
  readonly headers: readonly Header[];
  /** The text as it went over the wire, where Chrome gives it. */
  readonly raw: string | undefined;
  /** The sentence where there are no headers. */
  readonly empty: string;
}

/** The headers of one side of a handshake, or their raw text. */
export function HeaderTable({ name, rawName, connection, headers, raw, empty }: HeaderTableProps) {
  const { menu } = useSession();
  const { words } = useSpeaker();
  const [isRaw, setIsRaw] = useState(false);
  return (
    <section className="headers" aria-label={name}>
      <div className="headers-head">
        <h3>{name}</h3>
        {raw !== undefined && raw !== "" && (
          <Button name={rawName} text={words("headers.raw")} isPressed={isRaw} onClick={() => setIsRaw(!isRaw)} />
        )}
      </div>
      {isRaw ? (
        <pre className="headers-raw">{raw}</pre>
      ) : headers.length === 0 ? (
        <p className="headers-empty">{empty}</p>
      ) : (
        <dl className="headers-list">
          {headers.map((header, i) => (
            <div
              // oxlint-disable-next-line react/no-array-index-key -- headers may repeat, and never move
              key={i}
              onContextMenu={(event) => {
                // A text that is selected is copied by Chrome's own menu.
                if (getSelection()?.isCollapsed === false) return;
                event.preventDefault();
                menu.open({ x: event.clientX, y: event.clientY }, { type: "header", ...header, connection }, null);
              }}
            >
              <dt>{header.name}</dt>
              <dd>{header.value}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
