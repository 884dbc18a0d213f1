import {
  acceptCompletion,
  autocompletion,
  completionStatus,
  moveCompletionSelection,
  startCompletion,
  type Completion as Option,
  type CompletionSource,
} from "@codemirror/autocomplete";
import { Prec, type Extension } from "@codemirror/state";
import { keymap, tooltips, type EditorView } from "@codemirror/view";
import type { Completion } from "../../../contract/rows.ts";
import type { Said } from "../../../model/said.ts";

export type Complete = (text: string, at: number) => Promise<readonly Completion[]>;

/**
 * Offers what the engine knows: fields, and the values that are in the capture. `isOfferMeant`: Enter takes the first
 * offer too, as what is typed finds nothing.
 */
export function engineCompletion(complete: Complete, tell: (said: Said) => string, isOfferMeant: () => boolean): Extension {
  const source: CompletionSource = async ({ state, pos, explicit }) => {
    const text = state.doc.toString();
    if (text.trim() === "" && !explicit) return null;
    const offered = await complete(text, pos).catch(() => []);
    const [first] = offered;
    if (first === undefined) return null;
    return { from: first.from, to: first.to, options: offered.map((completion) => optionOf(completion, tell)), filter: false };
  };
  return [
    autocompletion({
      override: [source],
      icons: false,
      // Enter goes on to the table until the user has picked something, or what is typed finds nothing.
      selectOnOpen: false,
      interactionDelay: 0,
      maxRenderedOptions: 60,
      tooltipClass: () => "filter-completion",
    }),
    tooltips({ parent: document.body, position: "fixed" }),
    Prec.highest(
      keymap.of([
        { key: "Tab", run: acceptFirst },
        { key: "Enter", run: (view) => isOfferMeant() && acceptFirst(view) },
      ]),
    ),
  ];
}

const optionOf = (completion: Completion, tell: (said: Said) => string): Option => ({
  label: completion.text,
  ...(completion.detail === null ? {} : { detail: tell(completion.detail) }),
  apply: (view) => {
    const { from, to, text } = completion;
    view.dispatch({ changes: { from, to, insert: text }, selection: { anchor: from + text.length }, userEvent: "input.complete" });
    // Behind a field's colon come its values.
    if (text.endsWith(":")) startCompletion(view);
  },
});

/** Tab takes what is picked, else the first that is offered; without a list it goes on to the next control. */
function acceptFirst(view: EditorView): boolean {
  if (completionStatus(view.state) !== "active") return false;
  return acceptCompletion(view) || (moveCompletionSelection(true)(view) && acceptCompletion(view));
}
