import { lazy, Suspense, type ReactNode } from "react";
import type { CaptureState } from "../../contract/capturing.ts";
import { assertNever } from "../../model/assert-never.ts";
import { Button } from "../controls/button.tsx";
import { leavesKeyboardToTable } from "../controls/leave-keyboard.ts";
import { late } from "../late.ts";
import type { PanelSession } from "../state/panel-session.ts";
import { useCapture, useCount, useLongScan, useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { StoppedActions } from "./stopped-actions.tsx";

const FindSilent = late(async () => (await import("./frames-late.ts")).FindSilent);
const WelcomeOffers = late(async () => (await import("./frames-late.ts")).WelcomeOffers);
const NoMatches = lazy(async () => ({ default: (await import("./frames-late.ts")).NoMatches }));

/** Instead of rows: why there are none, and what to do. */
export function FramesEmpty() {
  const session = useSession();
  const { words } = useSpeaker();
  const capture = useCapture();
  const isKnown = useCount(() => true, false);
  const rows = useCount((changed) => changed.rows, 0);
  const frames = useCount((changed) => changed.frames, 0);
  const isScanning = useLongScan();
  const { text, sent, received, connection } = useSelected(session.scope, (state) => state);
  const hasSaved = useSelected(session.filters, (state) => state.saved.some(({ isOn }) => isOn));
  const hasFilter = text !== "" || hasSaved;
  const isHiding = useSelected(session.connections, ({ list }) => list.hidden !== undefined) && connection === null;
  const connections = useCount((changed) => changed.connections.all, 0);
  const hasLog = frames > 0 || connections > 0;
  // The row of a navigation says nothing of what to do.
  if (!isKnown || (rows > 0 && (hasLog || capture.state !== "capturing")) || isScanning) return null;
  if (hasLog && (hasFilter || isHiding || !sent || !received)) {
    return (
      <Suspense fallback={null}>
        <NoMatches />
      </Suspense>
    );
  }
  if (hasLog && frames > 0) {
    return <Sentence title={words(connection === null ? "table.no-frames" : "table.no-frames-connection")} text={words("table.no-frames-about")} />;
  }
  return <NothingYet capture={capture} session={session} connections={connections} />;
}

interface NothingYetProps {
  readonly capture: CaptureState;
  readonly session: PanelSession;
  readonly connections: number;
}

function NothingYet({ capture, session, connections }: NothingYetProps) {
  const { words, tell } = useSpeaker();
  switch (capture.state) {
    case "starting":
      return <Sentence title={words("table.starting")} text="" />;
    case "capturing":
      return connections > 0 ? (
        <Sentence title={words("table.no-frames")} text={words("table.no-frames-open")} />
      ) : (
        <Sentence title={words("table.no-sockets")} text={words("table.no-sockets-about")}>
          <Button name={words("table.reload")} text={words("table.reload")} look="plain" onClick={() => session.capture.reloadPage()} />
          <Suspense fallback={null}>
            <FindSilent />
          </Suspense>
          <Welcome />
        </Sentence>
      );
    case "paused":
      return (
        <Sentence title={words("table.paused")} text={words("table.paused-about")}>
          <Button ref={leavesKeyboardToTable} name={words("table.resume")} text={words("table.resume")} look="plain" onClick={() => session.capture.resume()} />
        </Sentence>
      );
    case "waiting":
      return <Sentence title={words("table.waiting")} text={tell(capture.why)} />;
    case "kept":
      return <KeptEmpty />;
    case "stopped":
      return (
        <Sentence title={words("table.not-capturing")} text={tell(capture.why)}>
          <StoppedActions capture={capture} />
          <Welcome />
        </Sentence>
      );
    default:
      return assertNever(capture);
  }
}

/** Its room is there before it is. */
const Welcome = () => (
  <Suspense fallback={<div className="welcome" />}>
    <WelcomeOffers />
  </Suspense>
);

/** Of a kept capture that cannot be opened the reason stands above the table; what else can be opened is offered here. */
function KeptEmpty() {
  const { words } = useSpeaker();
  const isRead = useCount(({ storage }) => storage.state !== "kept" || storage.read === 1, false);
  const hasProblem = useCount(({ storage }) => storage.state === "kept" && storage.problem !== null, false);
  if (!hasProblem) return <Sentence title={words(isRead ? "table.no-frames-saved" : "table.opening")} text="" />;
  return (
    <Sentence title={words("table.not-shown")} text="">
      <Welcome />
    </Sentence>
  );
}

interface SentenceProps {
  readonly title: string;
  readonly text: string;
  readonly children?: ReactNode;
}

function Sentence({ title, text, children }: SentenceProps) {
  return (
    <div ref={leavesKeyboardToTable} className="frames-empty">
      <strong>{title}</strong>
      {text !== "" && <p>{text}</p>}
      {children}
    </div>
  );
}
