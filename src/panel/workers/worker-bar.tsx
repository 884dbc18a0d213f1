import { Share2 } from "lucide-react";
import { use } from "react";
import { useStore } from "zustand";
import { Button } from "../controls/button.tsx";
import { NoticeBar } from "../controls/notice-bar.tsx";
import { useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";

/** Asks whether a shared worker is the tab's, where Chrome does not tell; one after another. */
export function WorkerBar() {
  const { capture, uncertainWorkers } = useSession();
  const { words, whole } = useSpeaker();
  // What it says is not among what the first paint does.
  use(whole());
  const worker = useStore(uncertainWorkers, ([first]) => first);
  if (worker === undefined) return null;
  const { name, url } = worker;
  return (
    <NoticeBar name={words("workers.name")} icon={<Share2 />} text={words("workers.uncertain", { worker: name === "" ? url : words("workers.named", { name, url }) })}>
      <Button name={words("workers.capture-about")} text={words("workers.capture")} look="plain" onClick={() => capture.captureWorker(worker)} />
      <Button name={words("workers.dismiss-about")} text={words("workers.dismiss")} onClick={() => capture.dismissWorker(worker)} />
    </NoticeBar>
  );
}
