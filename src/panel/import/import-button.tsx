import { use, useEffect, useRef } from "react";
import { useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { ImportDialog } from "./import-dialog.tsx";
import { importsOf } from "./import-store.ts";
import { ImportTrigger } from "./import-trigger.tsx";

/** Asks for files, at once where it is told so, and takes those that are dropped on the page. */
export function ImportButton({ asksAtFirst }: { readonly asksAtFirst: boolean }) {
  const imports = importsOf(useSession());
  const { words, whole } = useSpeaker();
  // Its words come after the first paint, too.
  use(whole());
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => listenToDrops((files) => void imports.add(files)), [imports]);
  useEffect(() => {
    imports.setAsk(() => input.current?.click());
    return () => imports.setAsk(undefined);
  }, [imports]);
  useEffect(() => {
    if (asksAtFirst) imports.choose();
  }, [imports, asksAtFirst]);
  return (
    <>
      <ImportTrigger title={words("import.button-about")} onClick={() => imports.choose()} />
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={({ currentTarget }) => {
          void imports.add([...(currentTarget.files ?? [])]);
          // The same file, chosen again, is another change.
          currentTarget.value = "";
        }}
      />
      <ImportDialog />
    </>
  );
}

/** Without this, a file that is dropped takes the page's place. Answers how to end it. */
function listenToDrops(take: (files: readonly File[]) => void): () => void {
  const drop = (event: DragEvent): void => {
    if (event.dataTransfer === null || event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    take([...event.dataTransfer.files]);
  };
  addEventListener("dragover", allowFiles);
  addEventListener("drop", drop);
  return () => {
    removeEventListener("dragover", allowFiles);
    removeEventListener("drop", drop);
  };
}

function allowFiles(event: DragEvent): void {
  if (event.dataTransfer?.types.includes("Files") !== true) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = "copy";
}
