import { use, useEffect, useRef } from "react";
import { useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { droppedFiles } from "./dropped-files.ts";
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
  useEffect(() => droppedFiles().takeBy((files) => void imports.add(files)), [imports]);
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
