import { X } from "lucide-react";
import { Dialog } from "radix-ui";
import { useRef } from "react";
import { Button } from "../controls/button.tsx";
import { ExportStatus } from "../status-bar/export-status.tsx";
import { useSelected, useSession } from "../state/session-context.ts";
import { CaptureLine, TAKES_ESCAPE } from "./capture-line.tsx";

/** The captures on this disk, with what can be done with each. */
export function CapturesDialog() {
  const { captures } = useSession();
  const list = useSelected(captures, (state) => state.list);
  const problem = useSelected(captures, (state) => state.problem);
  const content = useRef<HTMLDivElement>(null);
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && captures.close()}>
      <Dialog.Portal>
        <Dialog.Overlay className="captures-back" />
        <Dialog.Content
          ref={content}
          className="captures popup"
          onEscapeKeyDown={(event) => {
            // A line that is being renamed or deleted takes it; else see `takeKey`: it closes the dialog and is not for DevTools.
            if (event.target instanceof Element && event.target.closest(`.${TAKES_ESCAPE}`) !== null) event.preventDefault();
            else event.stopPropagation();
          }}
        >
          <div className="captures-head">
            <Dialog.Title>Captures</Dialog.Title>
            <Dialog.Close asChild>
              <Button name="Close" icon={<X />} />
            </Dialog.Close>
          </div>
          <Dialog.Description className="captures-about">
            They stay on this computer until you delete them or they make room for newer ones (Settings).
          </Dialog.Description>
          {problem !== null && (
            <div className="captures-problem" role="alert">
              <span>{problem}</span>
              <Button name="Try again" text="Try again" look="plain" onClick={() => captures.open()} />
            </div>
          )}
          {list !== null && list.length > 0 && (
            <div className="captures-list">
              <table>
                <thead>
                  <tr>
                    <th scope="col">Began</th>
                    <th scope="col">Page</th>
                    <th scope="col" className="captures-number">Frames</th>
                    <th scope="col" className="captures-number">Size</th>
                    <th scope="col">State</th>
                    <th scope="col"><span className="spoken">Actions</span></th>
                  </tr>
                </thead>
                <tbody>
                  {list.map((capture) => (
                    // What had the focus is gone with a deleted line.
                    <CaptureLine key={capture.id} capture={capture} onDeleted={() => content.current?.focus()} />
                  ))}
                </tbody>
              </table>
            </div>
          )}
          {list !== null && list.length === 0 && <p className="captures-empty">No capture is kept yet. What you record stays here when it has ended.</p>}
          {list === null && problem === null && <p className="captures-empty">Looking at the disk …</p>}
          <div className="captures-foot">
            <ExportStatus />
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
