import {
  acceptCompletion,
  autocompletion,
  closeCompletion,
  completionStatus,
  moveCompletionSelection,
  startCompletion,
  type Completion as Option,
  type CompletionSource,
} from "@codemirror/autocomplete";
import { Prec, type Extension } from "@codemirror/state";
import { EditorView, keymap, tooltips, ViewPlugin, type ViewUpdate } from "@codemirror/view";
import type { Completion } from "../../../contract/rows.ts";
import type { Said } from "../../../model/said.ts";
import { shownAsText } from "../../figures/hidden-characters.tsx";

export type Complete = (text: string, at: number) => Promise<readonly Completion[]>;

const LIST = "filter-completion";

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
      tooltipClass: () => LIST,
    }),
    tooltips({ parent: document.querySelector("main") ?? document.body, position: "fixed" }),
    firstOffer,
    onlyHere,
    Prec.highest(
      keymap.of([
        { key: "Tab", run: takeOffer },
        { key: "Enter", run: (view) => isOfferMeant() && takeOffer(view) },
      ]),
    ),
  ];
}

const optionOf = (completion: Completion, tell: (said: Said) => string): Option => ({
  label: completion.text,
  displayLabel: shownAsText(completion.text),
  ...(completion.detail === null ? {} : { detail: shownAsText(tell(completion.detail)) }),
  apply: (view) => {
    const { from, to, text } = completion;
    view.dispatch({ changes: { from, to, insert: text }, selection: { anchor: from + text.length }, userEvent: "input.complete" });
    // Behind a field's colon come its values.
    if (text.endsWith(":")) startCompletion(view);
  },
});

/** Tab takes what is picked, else the first that is offered; without a list it goes on to the next control. */
const takeOffer = (view: EditorView): boolean => view.plugin(firstOffer)?.take() === true;

/**
 * While a list is renewed, as it is for a moment behind every letter, CodeMirror takes nothing from it. The user sees a
 * list all the same: the key counts for the one that comes, unless something else is done meanwhile.
 */
class FirstOffer {
  readonly #view: EditorView;
  #isWanted = false;

  constructor(view: EditorView) {
    this.#view = view;
  }

  take(): boolean {
    const status = completionStatus(this.#view.state);
    if (status === "active") return acceptCompletion(this.#view) || (moveCompletionSelection(true)(this.#view) && acceptCompletion(this.#view));
    this.#isWanted = status === "pending" && document.querySelector(`.${LIST}`) !== null;
    return this.#isWanted;
  }

  update({ docChanged, selectionSet, state, view }: ViewUpdate): void {
    if (!this.#isWanted) return;
    const status = completionStatus(state);
    this.#isWanted = status === "pending" && !docChanged && !selectionSet && view.hasFocus;
    // Nothing can be changed in the middle of an update.
    if (status === "active" && view.hasFocus) void Promise.resolve().then(() => this.take());
  }
}

/** A list that was asked for comes when it comes: it is for nobody once the keyboard has gone elsewhere. */
const onlyHere = EditorView.updateListener.of(({ state, view }) => {
  if (completionStatus(state) === null || view.root.activeElement === view.contentDOM) return;
  // Nothing can be changed in the middle of an update.
  void Promise.resolve().then(() => closeCompletion(view));
});

const firstOffer = ViewPlugin.fromClass(FirstOffer);
