import type { ReactNode } from "react";
import type { CaptureState } from "../../engine/contract.ts";
import { assertNever } from "../../model/assert-never.ts";
import { Button } from "../controls/button.tsx";
import { formatCount } from "../figures/figures.ts";
import type { PanelSession } from "../state/panel-session.ts";
import { useAbility, useCapture, useCount, useSelected, useSession } from "../state/session-context.ts";

/** Instead of rows: why there are none, and what to do. */
export function FramesEmpty() {
  const session = useSession();
  const capture = useCapture();
  const isKnown = useCount(() => true, false);
  const rows = useCount((changed) => changed.rows, 0);
  const frames = useCount((changed) => changed.frames, 0);
  const scanned = useCount((changed) => changed.scanned, 1);
  const { text, sent, received, connection } = useSelected(session.scope, (state) => state);
  const hasSaved = useSelected(session.filters, (state) => state.saved.some(({ isOn }) => isOn));
  const hasFilter = text !== "" || hasSaved;
  const connections = useSelected(session.connections, (state) => state.rows.length);
  if (!isKnown || rows > 0 || scanned < 1) return null;
  const hasLog = frames > 0 || connections > 0;
  if (hasFilter && hasLog) {
    return (
      <Sentence title="No frame matches the filter." text={`None of ${formatCount(frames)} frames.`}>
        <Button name="Clear filter" text="Clear filter" look="plain" onClick={() => clearFilter(session)} />
      </Sentence>
    );
  }
  if (hasLog && !sent && !received) {
    return <Sentence title="Sent and Received are both off." text="Turn one of them on to see frames." />;
  }
  if (hasLog && frames > 0) {
    const where = connection === null ? "" : " on this connection";
    return <Sentence title={`No frame${where}.`} text="Frames appear here as they pass." />;
  }
  return <NothingYet capture={capture} session={session} connections={connections} />;
}

function clearFilter({ scope, filters }: PanelSession): void {
  scope.setFilter("");
  filters.allOff();
}

interface NothingYetProps {
  readonly capture: CaptureState;
  readonly session: PanelSession;
  readonly connections: number;
}

function NothingYet({ capture, session, connections }: NothingYetProps) {
  const canChooseTab = useAbility("choose tab");
  switch (capture.state) {
    case "starting":
      return <Sentence title="Starting the capture …" text="" />;
    case "capturing":
      return connections > 0 ? (
        <Sentence title="No frame yet." text="The page has opened a WebSocket; its frames appear here as they pass." />
      ) : (
        <Sentence
          title="No WebSocket yet."
          text="A socket appears here as soon as the page opens one. Reload the page to see what it opens at its start."
        >
          <Button name="Reload page" text="Reload page" look="plain" onClick={() => session.capture.reloadPage()} />
        </Sentence>
      );
    case "paused":
      return (
        <Sentence title="Paused." text="Frames that pass now are not recorded.">
          <Button name="Resume" text="Resume" look="plain" onClick={() => session.capture.resume()} />
        </Sentence>
      );
    case "kept":
      return <KeptEmpty />;
    case "stopped":
      return (
        <Sentence title="Not capturing." text={capture.why}>
          {capture.canResume && (
            <Button name="Resume" text="Resume" look="plain" onClick={() => session.capture.resume()} />
          )}
          {canChooseTab && (
            <Button name="Choose a tab" text="Choose a tab" look="plain" onClick={() => session.tabs.setOpen(true)} />
          )}
        </Sentence>
      );
    default:
      return assertNever(capture);
  }
}

/** A kept capture that cannot be opened says why above the table. */
function KeptEmpty() {
  const isRead = useCount(({ storage }) => storage.state !== "kept" || storage.read === 1, false);
  return <Sentence title={isRead ? "No frame in this capture." : "Opening the capture …"} text="" />;
}

interface SentenceProps {
  readonly title: string;
  readonly text: string;
  readonly children?: ReactNode;
}

function Sentence({ title, text, children }: SentenceProps) {
  return (
    <div className="frames-empty">
      <strong>{title}</strong>
      {text !== "" && <p>{text}</p>}
      {children}
    </div>
  );
}
