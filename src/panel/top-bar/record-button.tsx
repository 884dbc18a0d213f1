import type { CaptureState } from "../../contract/capturing.ts";
import type { Speaker } from "../../words/speaker.ts";
import { Button } from "../controls/button.tsx";
import { useCapture, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";

/** Why recording cannot begin here; null where it can. */
function whyStuck(capture: CaptureState, { words, tell }: Speaker): string | null {
  if (capture.state === "kept") return words("bar.record-saved-capture");
  return capture.state === "stopped" && !capture.canResume ? tell(capture.why) : null;
}

export function RecordButton() {
  const session = useSession();
  const speaker = useSpeaker();
  const { words } = speaker;
  const capture = useCapture();
  const isRecording = capture.state === "capturing" || capture.state === "starting" || capture.state === "waiting";
  const why = whyStuck(capture, speaker);
  return (
    <Button
      name={words("bar.record")}
      className="button-record"
      isPressed={isRecording}
      reason={isRecording ? null : why}
      title={words(isRecording ? "bar.record-pause" : "bar.record-resume")}
      icon={<span className="record-dot" />}
      onClick={() => (isRecording ? session.capture.pause() : session.capture.resume())}
    />
  );
}
