import { Check, Copy } from "lucide-react";
import { useState } from "react";
import type { FrameDetails } from "../../contract/inspect.ts";
import type { Told } from "../../model/said.ts";
import { toldBy } from "../../model/refusal.ts";
import { Button } from "../controls/button.tsx";
import { useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { TextView } from "./text-view.tsx";

/** The payload's text as it went over the wire. */
export function RawTab({ details }: { readonly details: FrameDetails }) {
  const { words, tell } = useSpeaker();
  const { kind, textLines, size, note } = details;
  return (
    <>
      <div className="inspector-tools">
        <span>{size === null ? "" : words("inspector.size", { n: size })}</span>
        {kind === "message" && size !== null && <CopyPayload details={details} />}
      </div>
      {textLines === null || (kind === "message" && size === null) ? (
        <p className="inspector-note">
          {note === null ? words(kind === "message" ? "inspector.not-utf8" : "inspector.no-payload") : tell(note)}
        </p>
      ) : (
        <TextView details={details} lines={textLines} />
      )}
    </>
  );
}

type CopyState = "ready" | "copied" | { readonly why: Told };

function CopyPayload({ details }: { readonly details: FrameDetails }) {
  const { engine } = useSession();
  const { words } = useSpeaker();
  const [state, setState] = useState<CopyState>("ready");

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(await engine.call("payloadText", { frame: details.index }));
      setState("copied");
      setTimeout(() => setState("ready"), 1_500);
    } catch (problem) {
      setState({ why: toldBy(problem) });
    }
  }

  return (
    <>
      {typeof state === "object" && <span className="inspector-problem">{words("copy.failed", { why: state.why })}</span>}
      <Button
        name={words("inspector.copy")}
        text={words(state === "copied" ? "inspector.copied" : "inspector.copy")}
        icon={state === "copied" ? <Check /> : <Copy />}
        title={words(details.textLines === null ? "inspector.copy-base64-about" : "inspector.copy-about")}
        onClick={() => void copy()}
      />
    </>
  );
}
