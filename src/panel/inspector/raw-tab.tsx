import { Check, Copy } from "lucide-react";
import { useState } from "react";
import type { FrameDetails } from "../../engine/contract.ts";
import { Button } from "../controls/button.tsx";
import { formatCount } from "../figures/figures.ts";
import { useSession } from "../state/session-context.ts";
import { TextView } from "./text-view.tsx";

/** The payload's text as it went over the wire. */
export function RawTab({ details }: { readonly details: FrameDetails }) {
  const { kind, textLines, size, note } = details;
  return (
    <>
      <div className="inspector-tools">
        <span>{size === null ? "" : `${formatCount(size)} ${size === 1 ? "byte" : "bytes"}`}</span>
        {kind === "message" && size !== null && <CopyPayload details={details} />}
      </div>
      {textLines === null || (kind === "message" && size === null) ? (
        <p className="inspector-note">
          {note ?? (kind === "message" ? "These bytes are no UTF-8 text. The Hex tab shows them." : "An event has no text.")}
        </p>
      ) : (
        <TextView details={details} lines={textLines} />
      )}
    </>
  );
}

type CopyState = "ready" | "copied" | { readonly why: string };

function CopyPayload({ details }: { readonly details: FrameDetails }) {
  const { engine } = useSession();
  const [state, setState] = useState<CopyState>("ready");

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(await engine.call("payloadText", { frame: details.index }));
      setState("copied");
      setTimeout(() => setState("ready"), 1_500);
    } catch (problem) {
      setState({ why: (problem as Error).message });
    }
  }

  return (
    <>
      {typeof state === "object" && <span className="inspector-problem">Not copied: {state.why}</span>}
      <Button
        name="Copy"
        text={state === "copied" ? "Copied" : "Copy"}
        icon={state === "copied" ? <Check /> : <Copy />}
        title={details.textLines === null ? "Copy the payload as base64" : "Copy the payload"}
        onClick={() => void copy()}
      />
    </>
  );
}
