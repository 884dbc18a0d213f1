import { Suspense } from "react";
import type { Rate } from "../../contract/changed.ts";
import { assertNever } from "../../model/assert-never.ts";
import { shapeOf, WithFigure } from "../controls/with-figure.tsx";
import { late } from "../late.ts";
import { EventCount } from "../controls/event-count.tsx";
import { openName } from "../state/captures-store.ts";
import { useCapture, useCount, useIsCapturing, useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import "./status-bar.css";

const LateStatus = late(async () => (await import("../top-bar/menus.ts")).LateStatus);

/** Figures of the log, and whether it is growing and safe. */
export function StatusBar() {
  return (
    <footer className="status-bar">
      <CaptureStatus />
      <FrameCount />
      <ByteCount />
      <RateCount direction="sent" />
      <RateCount direction="received" />
      <Suspense fallback={null}>
        <LateStatus />
      </Suspense>
    </footer>
  );
}

function CaptureStatus() {
  const capture = useCapture();
  const { captures } = useSession();
  const { words } = useSpeaker();
  const name = useSelected(captures, ({ list }) => openName(list ?? []));
  const text = ((): string => {
    switch (capture.state) {
      case "starting":
        return words("status.starting");
      case "capturing":
        return words("status.capturing");
      case "paused":
        return words("status.paused");
      case "waiting":
        return words("status.waiting", { why: capture.why });
      case "stopped":
        return words("status.not-capturing", { why: capture.why });
      case "kept":
        return name === "" ? words("status.saved-capture", { what: capture.what }) : words("status.saved-capture-named", { name, what: capture.what });
      default:
        return assertNever(capture);
    }
  })();
  return (
    <span className={`status-capture status-${capture.state}`} role="status" aria-label={words("status.capture")} title={text}>
      {capture.state === "stopped" ? (
        // Why is to be read above the table, or instead of it: here it is only heard.
        <>
          {words("table.not-capturing")}
          <span className="spoken">{words("status.not-capturing-why", { why: capture.why })}</span>
        </>
      ) : (
        text
      )}
    </span>
  );
}

function FrameCount() {
  const { words } = useSpeaker();
  const frames = useCount((changed) => changed.frames, 0);
  const messages = useCount((changed) => changed.messages, 0);
  // With them it is the number of the last row.
  const events = useCount((changed) => changed.events, 0);
  return (
    <span key={shapeOf(`${frames} ${messages} ${events}`)} className="status-frames">
      <WithFigure text={words("status.frames", { n: frames })} />
      {messages !== frames && (
        <span className="status-messages" title={words("status.messages-about")}>
          {" "}
          <WithFigure text={words("status.messages", { n: messages })} />
        </span>
      )}
      {events > 0 && (
        <span className="status-events">
          <EventCount n={events} />
        </span>
      )}
    </span>
  );
}

function ByteCount() {
  const { words } = useSpeaker();
  const all = useCount((changed) => changed.bytes as number, 0);
  const memory = useCount((changed) => changed.bytesInMemory as number, 0);
  return (
    <span className={all > 0 ? "status-bytes" : "status-bytes status-nothing"}>
      <WithFigure text={words("status.bytes", { all, memory })} />
    </span>
  );
}

const NO_RATE: Rate = { frames: 0, bytes: 0 };

function RateCount({ direction }: { readonly direction: "sent" | "received" }) {
  const { words, figures } = useSpeaker();
  const isCapturing = useIsCapturing();
  const hasFrames = useCount((changed) => changed.frames > 0, false);
  const rate = useCount((changed) => (!isCapturing ? NO_RATE : direction === "sent" ? changed.sentRate : changed.receivedRate), NO_RATE);
  const frames = figures.rate(rate.frames);
  const bytes = figures.bytesPerSecond(rate.bytes);
  return (
    <span key={shapeOf(`${frames} ${bytes}`)} className={`status-rate status-rate-${direction}${hasFrames ? "" : " status-nothing"}`} title={words(`status.${direction}-rate`)}>
      {direction === "sent" ? "↑" : "↓"} <b>{frames}</b> <span>{bytes}</span>
    </span>
  );
}
