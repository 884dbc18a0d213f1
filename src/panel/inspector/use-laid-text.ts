import { useEffect, useState } from "react";
import type { InspectedFrame, LaidText, TextForm } from "../../contract/inspect.ts";
import type { Told } from "../../model/said.ts";
import { toldBy } from "../told-by.ts";
import { useSession } from "../state/session-context.ts";

/** How many lines a message's text has in a form; null for none, undefined until it is known. */
export function useLaidText({ index: frame, message, treeRevision }: InspectedFrame, { form, columns }: TextForm): { readonly laid: LaidText | null | undefined; readonly problem: Told | null } {
  const { engine } = useSession();
  const [known, setKnown] = useState<{ readonly of: string; readonly laid: LaidText | null; readonly problem: Told | null } | null>(null);
  const of = `${frame} ${message} ${treeRevision} ${form} ${columns}`;
  useEffect(() => {
    let isLeft = false;
    engine.call("layText", { frame, message, form, columns }).then(
      (laid) => isLeft || setKnown({ of, laid, problem: null }),
      (why: unknown) => isLeft || setKnown({ of, laid: null, problem: toldBy(why) }),
    );
    return () => {
      isLeft = true;
    };
  }, [engine, frame, message, form, columns, of]);
  return known?.of === of ? known : { laid: undefined, problem: null };
}
