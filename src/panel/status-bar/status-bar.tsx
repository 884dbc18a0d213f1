import type { Rate, StoppedDecoderRow } from "../../contract/changed.ts";
import { assertNever } from "../../model/assert-never.ts";
import { countFaults } from "../../model/faults.ts";
import { say } from "../../model/said.ts";
import { Button } from "../controls/button.tsx";
import { WithFigure } from "../controls/with-figure.tsx";
import { LateImportStatus } from "../top-bar/late-menus.tsx";
import { openName } from "../state/captures-store.ts";
import { useCapture, useCount, useSelected, useSession } from "../state/session-context.ts";
import type { Speaker } from "../../words/speaker.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { LateRulesStatus } from "../rules/late-rules.tsx";
import { ExportStatus } from "./export-status.tsx";
import { LateFindingsStatus } from "./late-findings-status.tsx";
import { LateNetworkStatus } from "./late-network-status.tsx";
import { SelectionStatus } from "./selection-status.tsx";
import { StorageStatus } from "./storage-status.tsx";
import "./status-bar.css";

/** Figures of the log, and whether it is growing and safe. */
export function StatusBar() {
  return (
    <footer className="status-bar">
      <CaptureStatus />
      <FrameCount />
      <ByteCount />
      <RateCount direction="sent" />
      <RateCount direction="received" />
      <LateNetworkStatus />
      <LateRulesStatus />
      <SelectionStatus />
      <LateFindingsStatus />
      <RefusalStatus />
      <ExportStatus />
      <LateImportStatus />
      <StorageStatus />
      <ForgottenCount />
      <UndecodedCount />
      <RestartStatus />
      <LostCount />
      <FaultCount />
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
      {text}
    </span>
  );
}

function FrameCount() {
  const { words } = useSpeaker();
  const frames = useCount((changed) => changed.frames, 0);
  const messages = useCount((changed) => changed.messages, 0);
  return (
    <>
      <span className="status-frames">
        <WithFigure text={words("status.frames", { n: frames })} />
      </span>
      {messages !== frames && (
        <span className="status-messages" title={words("status.messages-about")}>
          <WithFigure text={words("status.messages", { n: messages })} />
        </span>
      )}
    </>
  );
}

function ByteCount() {
  const { words } = useSpeaker();
  const all = useCount((changed) => changed.bytes as number, 0);
  const memory = useCount((changed) => changed.bytesInMemory as number, 0);
  return (
    <span className="status-bytes">
      <WithFigure text={words("status.bytes", { all, memory })} />
    </span>
  );
}

const NO_RATE: Rate = { frames: 0, bytes: 0 };

function RateCount({ direction }: { readonly direction: "sent" | "received" }) {
  const { words, figures } = useSpeaker();
  const rate = useCount((changed) => (direction === "sent" ? changed.sentRate : changed.receivedRate), NO_RATE);
  return (
    <span className={`status-rate status-rate-${direction}`} title={words(`status.${direction}-rate`)}>
      {direction === "sent" ? "↑" : "↓"} <b>{figures.rate(rate.frames)}</b> <span>{figures.bytesPerSecond(rate.bytes)}</span>
    </span>
  );
}

function ForgottenCount() {
  const { words } = useSpeaker();
  const forgotten = useCount((changed) => changed.forgottenRequests, 0);
  return forgotten === 0 ? null : <span title={words("status.unpaired-about")}>{words("status.unpaired", { n: forgotten })}</span>;
}

function UndecodedCount() {
  const speaker = useSpeaker();
  const { words } = speaker;
  const undecoded = useCount((changed) => changed.undecoded, 0);
  const stopped = useCount((changed) => changed.stoppedDecoders, NONE_STOPPED);
  const aside = stopped.filter(({ isAside }) => isAside);
  const about = [...(undecoded > 0 ? [words("status.undecoded-about")] : []), ...stopped.map((one) => stoppedLine(one, speaker))].join("\n");
  // Always there: what is told in a status that appears with its text is not read out.
  return (
    <span className="status-warning" role="status" aria-label={words("status.decoders")} title={about === "" ? undefined : about}>
      {undecoded > 0 && words("status.undecoded", { n: undecoded })}
      {aside.length > 0 && ` · ${words("status.set-aside", { decoders: nameAside(aside, words), n: aside.length })}`}
    </span>
  );
}

/** Which decoders, each once. */
const nameAside = (aside: readonly StoppedDecoderRow[], words: Speaker["words"]): readonly string[] => [...new Set(aside.map(({ decoder }) => decoder ?? words("status.some-decoder")))];

function stoppedLine({ decoder, url, messages, isAside, notLoaded }: StoppedDecoderRow, { words, tellAll }: Speaker): string {
  const values = { decoder: decoder ?? words("status.some-decoder"), url: url === "" ? words("connections.unknown-url-about") : url };
  if (notLoaded !== null) return tellAll([say("status.decoder-not-loaded", values), ...(notLoaded.why === null ? [] : [notLoaded.why])]);
  return words(isAside ? "status.decoder-aside" : "status.decoder-stopped", { ...values, n: messages });
}

const NONE_STOPPED: readonly StoppedDecoderRow[] = [];

/** What the user asked for and was refused. */
function RefusalStatus() {
  const { refusals } = useSession();
  const { words, tell } = useSpeaker();
  const said = useSelected(refusals, (state) => state.said);
  const text = said === null ? "" : tell(said);
  return (
    <span className="status-refusal status-bad" role="status" aria-label={words("status.problem")} title={text}>
      {text}
    </span>
  );
}

/** That the engine of a running capture ended, and another goes on. */
function RestartStatus() {
  const { words } = useSpeaker();
  const isKept = useCount((changed) => changed.storage.state === "kept", true);
  const times = useCount((changed) => changed.restarts.times, 0);
  const lost = useCount((changed) => changed.restarts.lost, 0);
  const text = times === 0 || isKept ? "" : words("status.restarted", { times, lost });
  return (
    <span className="status-restart status-warning" role="status" aria-label={words("status.recorder")} title={text}>
      {text}
    </span>
  );
}

/** Bugs, and a way to report them. */
function FaultCount() {
  const session = useSession();
  const { words } = useSpeaker();
  const count = useSelected(session.faults, ({ faults }) => countFaults(faults));
  return count === 0 ? null : (
    <Button
      name={words("status.copy-report")}
      text={words("status.faults", { n: count })}
      className="status-faults"
      title={words("status.faults-about")}
      onClick={() => session.copyFaults()}
    />
  );
}

/** Nothing where nothing is lost. */
function LostCount() {
  const { words } = useSpeaker();
  const lost = useCount((changed) => changed.lost, 0);
  return lost === 0 ? null : (
    <span className="status-lost status-bad" title={words("status.lost-about")}>
      {words("status.lost", { n: lost })}
    </span>
  );
}
