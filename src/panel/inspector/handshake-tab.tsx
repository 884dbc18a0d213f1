import { CircleCheck, CircleQuestionMark, CircleX, Info } from "lucide-react";
import { use, useEffect, useState, type ReactNode } from "react";
import type { HandshakeView } from "../../contract/inspect.ts";
import type { Told } from "../../model/said.ts";
import { toldBy } from "../told-by.ts";
import type { HandshakeFinding } from "../../model/handshake.ts";
import { exchangeOf, type Initiator } from "../../model/connection.ts";
import type { ConnectionId } from "../../model/units.ts";
import { leavesKeyboardBeside } from "../controls/leave-keyboard.ts";
import { FindAddress } from "../connections/find-address.tsx";
import { CaptureFromStart } from "../offers/capture-from-start.tsx";
import { useAbility, useConnection, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { HeaderTable } from "./header-table.tsx";
import { ValueOrigins } from "./value-origins.tsx";
import "./handshake.css";

type Loaded = { readonly view: HandshakeView | null } | { readonly problem: Told };

/** How a connection was opened, and what its headers mean. */
export function HandshakeTab({ connection }: { readonly connection: ConnectionId }) {
  const session = useSession();
  const { words, tell } = useSpeaker();
  // The handshake is another once the connection's state is, or a socket from before is named; its counts do not matter.
  const row = useConnection(connection);
  const state = row === undefined ? "" : JSON.stringify([row.state, row.ending, row.url, row.subprotocol, row.notice]);
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  useEffect(() => {
    let isLeft = false;
    session.engine.call("handshake", { connection }).then(
      (view) => isLeft || setLoaded({ view }),
      (problem: unknown) => isLeft || setLoaded({ problem: toldBy(problem) }),
    );
    return () => {
      isLeft = true;
    };
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- another state is another handshake
  }, [session, connection, state]);

  if (loaded === null) return null;
  if ("problem" in loaded) return <p className="inspector-note">{tell(loaded.problem)}</p>;
  if (loaded.view === null) return <p className="inspector-note">{words("headers.cleared")}</p>;
  return <Handshake view={loaded.view} />;
}

function Handshake({ view }: { readonly view: HandshakeView }) {
  const { words, tell, figures, whole } = useSpeaker();
  // What is found in a handshake is not said by the first paint.
  use(whole());
  const { connection, report, startedAt, took, cookieNames } = view;
  const { initiator } = connection;
  const handshake = exchangeOf(connection);
  return (
    <div ref={leavesKeyboardBeside} className="inspector-scroll handshake" role="region" aria-label={words("inspector.handshake")} tabIndex={0}>
      <dl className="handshake-facts">
        <Fact name={words("headers.url")}>
          <span className="handshake-url">{connection.url === "" ? words("headers.unknown") : connection.url}</span>
          {connection.url === "" && connection.state === "open" && (
            <>
              {" "}
              <FindAddress />
            </>
          )}
        </Fact>
        {handshake.status !== undefined && (
          <Fact name={words("headers.status")}>
            {handshake.status} {handshake.statusText}
          </Fact>
        )}
        {startedAt !== null && (
          <Fact name={words("headers.started")}>
            {figures.dateTime(startedAt)}
            {took !== null && ` · ${words("headers.took", { ms: took })}`}
          </Fact>
        )}
        {initiator !== undefined && (
          <Fact name={words("headers.initiator")}>
            <Opener initiator={initiator} />
          </Fact>
        )}
        {connection.ending !== undefined && connection.ending !== "" && <Fact name={words("headers.ended")}>{tell(connection.ending)}</Fact>}
        {cookieNames.length > 0 && <Fact name={words("headers.cookies")}>{cookieNames.join(", ")}</Fact>}
      </dl>
      {report.findings.length > 0 && (
        <ul className="handshake-findings" aria-label={words("headers.checks")}>
          {report.findings.map((finding, i) => (
            // oxlint-disable-next-line react/no-array-index-key -- findings may repeat, and never move
            <Finding key={i} finding={finding} />
          ))}
        </ul>
      )}
      <CaptureFromStart view={view} />
      {/* It comes a moment later: what is read first does not move. */}
      <ValueOrigins key={connection.id} connection={connection.id} />
      <div className="handshake-headers">
        <HeaderTable
          name={words("headers.request")}
          rawName={words("headers.raw-request")}
          connection={connection.id}
          headers={handshake.requestHeaders}
          raw={handshake.requestText}
          empty={words("headers.no-request")}
        />
        <HeaderTable
          name={words("headers.response")}
          rawName={words("headers.raw-response")}
          connection={connection.id}
          headers={handshake.responseHeaders}
          raw={handshake.responseText}
          empty={words(connection.state === "connecting" ? "headers.no-response-yet" : "headers.no-response")}
        />
      </div>
    </div>
  );
}

/** Where the socket was opened; beside DevTools a click shows it in Sources. */
function Opener({ initiator }: { readonly initiator: Initiator }) {
  const { capture } = useSession();
  const { words } = useSpeaker();
  const canOpen = useAbility("open source");
  const { functionName, url, line, column } = initiator;
  const place = `${functionName === "" ? "" : `${functionName}, `}${url}:${line}:${column}`;
  if (!canOpen || url === "") return <span className="handshake-url">{place}</span>;
  return (
    <button type="button" className="handshake-opener handshake-url" aria-label={words("headers.open-source-at", { place })} title={words("headers.open-source")} onClick={() => capture.openSource(initiator)}>
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
  ok: { icon: CircleCheck, word: "headers.ok" },
  note: { icon: Info, word: "headers.note" },
  problem: { icon: CircleX, word: "headers.problem" },
  unknown: { icon: CircleQuestionMark, word: "headers.not-known" },
} as const;

function Finding({ finding }: { readonly finding: HandshakeFinding }) {
  const { words, tell, tellAll } = useSpeaker();
  const { icon: Icon, word } = VERDICTS[finding.verdict];
  return (
    <li className={`handshake-${finding.verdict}`}>
      <Icon role="img" aria-label={words(word)} />
      <span>
        <b>{tell(finding.title)}</b> {tellAll(finding.said)}
      </span>
    </li>
  );
}
