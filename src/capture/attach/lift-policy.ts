import { Refusal } from "../../model/refusal.ts";
import { say } from "../../model/said.ts";
import type { CaptureEdges } from "../capture-edges.ts";
import type { Debuggee } from "../debugger-api.ts";
import { readLoader, readValue } from "../sources/cdp-events.ts";

/** In a document without the policy; its page has no script that would set it. */
const MARK = "globalThis.framescopeHasNoPolicy";
const LOOK_MS = 20;
const MOST_LOOKS = 250;

/**
 * The extension's own policy forbids its pages every connection. In the one page that is there for connections of the user's
 * it is lifted: for the document that this loads, unless another page of the extension did so before. Resolves once that is there; refuses where it does not come.
 */
export async function liftPolicy(page: Debuggee, { debugger: api, later }: Pick<CaptureEdges, "debugger" | "later">): Promise<void> {
  const evaluate = (expression: string): Promise<unknown> => api.send(page, "Runtime.evaluate", { expression, silent: true, returnByValue: true });
  await api.send(page, "Page.setBypassCSP", { enabled: true });
  if (readValue(await evaluate(MARK)) === true) return;
  const loader = async (): Promise<string | undefined> => readLoader(((await api.send(page, "Page.getFrameTree").catch(() => undefined)) as { readonly frameTree?: unknown } | undefined)?.frameTree);
  const before = await loader();
  await api.send(page, "Page.reload");
  for (let looks = 0; looks < MOST_LOOKS; looks++) {
    const now = await loader();
    // Between two documents Chrome has none to tell of.
    if (now !== undefined && now !== before) return void (await evaluate(`${MARK} = true`));
    await new Promise<void>((resolve) => later(resolve, LOOK_MS));
  }
  throw new Refusal(say("capture.not-lifted", { seconds: (MOST_LOOKS * LOOK_MS) / 1000 }));
}
