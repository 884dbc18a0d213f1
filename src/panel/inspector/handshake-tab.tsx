import { CircleCheck, CircleQuestionMark, CircleX, Info } from "lucide-react";
import { useEffect, useState, type ReactNode } from "react";
import type { HandshakeView } from "../../engine/contract.ts";
import type { HandshakeFinding } from "../../model/handshake.ts";
import type { Initiator } from "../../model/connection.ts";
import type { ConnectionId } from "../../model/units.ts";
import { formatDateTime, formatDelta } from "../figures/figures.ts";
import { useAbility, useSelected, useSession } from "../state/session-context.ts";
import { HeaderTable } from "./header-table.tsx";
import "./handshake.css";

type Loaded = { readonly view: HandshakeView | null } | { readonly problem: string };

/** How a connection was opened, and what its headers mean. */
export function HandshakeTab({ connection }: { readonly connection: ConnectionId }) {
  const session = useSession();
  // The handshake is another once the connection's state is; its counts do not matter.
  const state = useSelected(session.connections, ({ rows }) => {
    const row = rows.find(({ id }) => id === connection);
    return row === undefined ? "" : `${row.state} ${row.ending}`;
  });
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  useEffect(() => {
    let isLeft = false;
    session.engine.call("handshake", { connection }).then(
      (view) => isLeft || setLoaded({ view }),
      (problem: Error) => isLeft || setLoaded({ problem: problem.message }),
    );
    return () => {
      isLeft = true;
    };
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- another state is another handshake
  }, [session, connection, state]);

  if (loaded === null) return null;
  if ("problem" in loaded) return <p className="inspector-note">{loaded.problem}</p>;
  if (loaded.view === null) return <p className="inspector-note">The log was cleared; this connection is no longer in it.</p>;
  return <Handshake view={loaded.view} />;
}

function Handshake({ view }: { readonly view: HandshakeView }) {
  const { connection, report, startedAt, took, cookieNames } = view;
  const { handshake, initiator } = connection;
  return (
    <div className="inspector-scroll handshake" role="region" aria-label="Handshake" tabIndex={0}>
      <dl className="handshake-facts">
        <Fact name="URL">
          <span className="handshake-url">{connection.url === "" ? "unknown" : connection.url}</span>
        </Fact>
        {handshake.status !== undefined && (
          <Fact name="Status">
            {handshake.status} {handshake.statusText}
          </Fact>
        )}
        {startedAt !== null && (
          <Fact name="Started">
            {formatDateTime(startedAt)}
            {took !== null && ` · answered in ${formatDelta(took)} ms`}
          </Fact>
        )}
        {initiator !== undefined && (
          <Fact name="Opened by">
            <Opener initiator={initiator} />
          </Fact>
        )}
        {connection.ending !== undefined && connection.ending !== "" && <Fact name="Ended">{connection.ending}</Fact>}
        {cookieNames.length > 0 && <Fact name="Cookies">{cookieNames.join(", ")}</Fact>}
      </dl>
      {report.findings.length > 0 && (
        <ul className="handshake-findings" aria-label="What the handshake means">
          {report.findings.map((finding, i) => (
            // oxlint-disable-next-line react/no-array-index-key -- findings may repeat, and never move
            <Finding key={i} finding={finding} />
          ))}
        </ul>
      )}
      <div className="handshake-headers">
        <HeaderTable
          name="Request headers"
          connection={connection.id}
          headers={handshake.requestHeaders}
          raw={handshake.requestText}
          empty="Chrome reported no request headers."
        />
        <HeaderTable
          name="Response headers"
          connection={connection.id}
          headers={handshake.responseHeaders}
          raw={handshake.responseText}
          empty={connection.state === "connecting" ? "No answer yet." : "Chrome reported no response headers."}
        />
      </div>
    </div>
  );
}

/** Where the socket was opened; beside DevTools a click shows it in Sources. */
function Opener({ initiator }: { readonly initiator: Initiator }) {
  const { capture } = useSession();
  const canOpen = useAbility("open source");
  const { functionName, url, line, column } = initiator;
  const place = `${functionName === "" ? "" : `${functionName}, `}${url}:${line}:${column}`;
  if (!canOpen || url === "") return <span className="handshake-url">{place}</span>;
  return (
    <button type="button" className="handshake-opener handshake-url" aria-label={`${place} (open in Sources)`} title="Open in Sources" onClick={() => capture.openSource(initiator)}>
      {place}
    </button>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

const VERDICTS = {
  ok: { icon: CircleCheck, word: "Right" },
  note: { icon: Info, word: "Note" },
  problem: { icon: CircleX, word: "Problem" },
  unknown: { icon: CircleQuestionMark, word: "Unknown" },
} as const;

function Finding({ finding }: { readonly finding: HandshakeFinding }) {
  const { icon: Icon, word } = VERDICTS[finding.verdict];
  return (
    <li className={`handshake-${finding.verdict}`}>
      <Icon role="img" aria-label={word} />
      <span>
        <b>{finding.title}</b> {finding.text}
      </span>
    </li>
  );
}
