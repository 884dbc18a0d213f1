import type { StoppedDecoderRow } from "../../contract/changed.ts";
import { countFaults } from "../../model/faults.ts";
import { say } from "../../model/said.ts";
import type { Speaker } from "../../words/speaker.ts";
import { Button } from "../controls/button.tsx";
import { SpokenStatus } from "../controls/spoken-status.tsx";
import { useCount, useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { StorageStatus } from "./storage-status.tsx";

/** Whether the log is safe, and all that may have gone wrong, each only where it did: loaded after the first paint. */
export const ProblemCounts = () => (
  <>
    <StorageStatus />
    <ForgottenCount />
    <UndecodedCount />
    <RestartStatus />
    <LostCount />
    <FaultCount />
  </>
);

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
  const text = `${undecoded > 0 ? words("status.undecoded", { n: undecoded }) : ""}${aside.length > 0 ? ` · ${words("status.set-aside", { decoders: nameAside(aside, words), n: aside.length })}` : ""}`;
  return <SpokenStatus className="status-warning" name={words("status.decoders")} title={about === "" ? undefined : about} text={text} />;
}

/** Which decoders, each once. */
const nameAside = (aside: readonly StoppedDecoderRow[], words: Speaker["words"]): readonly string[] => [...new Set(aside.map(({ decoder }) => decoder ?? words("status.some-decoder")))];

function stoppedLine({ decoder, url, messages, isAside, notLoaded }: StoppedDecoderRow, { words, tellAll }: Speaker): string {
  const values = { decoder: decoder ?? words("status.some-decoder"), url: url === "" ? words("connections.unknown-url-about") : url };
  if (notLoaded !== null) return tellAll([say("status.decoder-not-loaded", values), ...(notLoaded.why === null ? [] : [notLoaded.why])]);
  return words(isAside ? "status.decoder-aside" : "status.decoder-stopped", { ...values, n: messages });
}

const NONE_STOPPED: readonly StoppedDecoderRow[] = [];

/** That the engine of a running capture ended, and another goes on. */
function RestartStatus() {
  const { words } = useSpeaker();
  const isKept = useCount((changed) => changed.storage.state === "kept", true);
  const times = useCount((changed) => changed.restarts.times, 0);
  const lost = useCount((changed) => changed.restarts.lost, 0);
  const text = times === 0 || isKept ? "" : words("status.restarted", { times, lost });
  return (
    <SpokenStatus className="status-restart status-warning" name={words("status.recorder")} title={text} text={text} />
  );
}

/** Bugs, and a way to report them. */
function FaultCount() {
  const session = useSession();
  const { words } = useSpeaker();
  const count = useSelected(session.faults, ({ faults }) => countFaults(faults));
  return count === 0 ? null : (
    <Button
      name={words("status.faults-copy", { n: count })}
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
