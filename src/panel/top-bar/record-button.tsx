import type { CaptureState } from "../../engine/contract.ts";
import { Button } from "../controls/button.tsx";
import { useCapture, useSession } from "../state/session-context.ts";

/** Why recording cannot begin here; null where it can. */
function whyStuck(capture: CaptureState): string | null {
  if (capture.state === "kept") return "This is a kept capture: nothing is recorded here.";
  return capture.state === "stopped" && !capture.canResume ? capture.why : null;
}

export function RecordButton() {
  const session = useSession();
  const capture = useCapture();
  const isRecording = capture.state === "capturing" || capture.state === "starting";
  const why = whyStuck(capture);
  return (
    <Button
      name="Record"
      className="button-record"
      isPressed={isRecording}
      disabled={why !== null}
      title={isRecording ? "Recording. Click to pause." : why !== null ? why : "Not recording. Click to go on."}
      icon={<span className="record-dot" />}
      onClick={() => (isRecording ? session.capture.pause() : session.capture.resume())}
    />
  );
}
