import { Dialog } from "radix-ui";
import { lazy, Suspense, use, useRef, useState } from "react";
import type { KeptCapture } from "../../contract/captures.ts";
import { Button } from "../controls/button.tsx";
import { Modal, ModalHead } from "../controls/modal.tsx";
import { KeepCaptures } from "../offers/keep-captures.tsx";
import { ExportStatus } from "../status-bar/export-status.tsx";
import { useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { CaptureLine, TAKES_ESCAPE } from "./capture-line.tsx";
import { titleOf } from "./capture-words.ts";
import type { ComparedCapture } from "./compare-captures.tsx";

const CompareCaptures = lazy(async () => ({ default: (await import("./compare-captures.tsx")).CompareCaptures }));

/** The captures on this disk, with what can be done with each. */
export function CapturesDialog() {
  const { captures, settings } = useSession();
  const { words, tell, figures, whole } = useSpeaker();
  use(whole());
  const list = useSelected(captures, (state) => state.list);
  const problem = useSelected(captures, (state) => state.problem);
  const isNoneKept = useSelected(settings, ({ keptCaptures }) => keptCaptures === 0);
  const content = useRef<HTMLDivElement>(null);
  const [compared, setCompared] = useState<{ readonly before: KeptCapture; readonly after: KeptCapture } | null>(null);
  const compare = (one: KeptCapture, other: KeptCapture): void => setCompared(one.startedAt < other.startedAt ? { before: one, after: other } : { before: other, after: one });
  const named = (capture: KeptCapture): ComparedCapture => ({
    id: capture.id,
    name: words("compare.capture", { title: titleOf(capture, words), at: figures.second(capture.startedAt) }),
    isHere: capture.state === "running here" || capture.state === "open here",
  });
  return (
    // A line that is being renamed or deleted takes Escape.
    <Modal className="captures" onClose={() => captures.close()} isDescribed contentRef={content} takesEscape={(place) => place.closest(`.${TAKES_ESCAPE}`) !== null}>
      <ModalHead title={words(compared === null ? "captures.title" : "compare.captures")} close={words("captures.close")} />
      <Dialog.Description className={compared === null ? "modal-about" : "spoken"}>{words("captures.about")}</Dialog.Description>
      {compared !== null && (
        <Suspense fallback={null}>
          <CompareCaptures before={named(compared.before)} after={named(compared.after)} onBack={() => (setCompared(null), content.current?.focus())} />
        </Suspense>
      )}
      {problem !== null && (
        <div className="captures-problem" role="alert">
          <span>{tell(problem)}</span>
          <Button name={words("captures.retry")} text={words("captures.retry")} look="plain" onClick={() => captures.open()} />
        </div>
      )}
      {compared === null && list !== null && list.length > 0 && (
        <div className="captures-list">
          <table>
            <thead>
              <tr>
                <th scope="col">{words("captures.started")}</th>
                <th scope="col">{words("captures.page")}</th>
                <th scope="col" className="captures-number">{words("captures.frames")}</th>
                <th scope="col" className="captures-number">{words("captures.size")}</th>
                <th scope="col">{words("captures.state")}</th>
                <th scope="col"><span className="spoken">{words("captures.actions")}</span></th>
              </tr>
            </thead>
            <tbody>
              {list.map((capture) => (
                // What had the focus is gone with a deleted line.
                <CaptureLine key={capture.id} capture={capture} others={list} onCompare={(other) => compare(capture, other)} onDeleted={() => content.current?.focus()} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {list !== null && list.length === 0 && !isNoneKept && <p className="captures-empty">{words("captures.none")}</p>}
      <KeepCaptures />
      {list === null && problem === null && <p className="captures-empty">{words("captures.loading")}</p>}
      <div className="captures-foot">
        <ExportStatus />
      </div>
    </Modal>
  );
}
