import { Button } from "../controls/button.tsx";
import { useCapture, useSession } from "../state/session-context.ts";

export function RecordButton() {
  const session = useSession();
  const capture = useCapture();
  const isRecording = capture.state === "capturing" || capture.state === "starting";
  const isStuck = capture.state === "stopped" && !capture.canResume;
  return (
    <Button
      name="Record"
      className="button-record"
      isPressed={isRecording}
      disabled={isStuck}
      title={isRecording ? "Recording. Click to pause." : isStuck ? capture.why : "Not recording. Click to go on."}
      icon={<span className="record-dot" />}
      onClick={() => (isRecording ? session.capture.pause() : session.capture.resume())}
    />
  );
}
