import { Annotation, StateField, type Extension, type Transaction, Transaction as Transactions } from "@codemirror/state";
import { keymap, type EditorView } from "@codemirror/view";

/** A text to come back to. */
interface Step {
  readonly text: string;
  readonly head: number;
}

interface Steps {
  readonly done: readonly Step[];
  readonly undone: readonly Step[];
  readonly at: number;
}

const MOST_STEPS = 100;
/** What is typed without a pause this long is undone in one step. */
const PAUSE = 600;

const isStep = Annotation.define<Steps>();

/** Undo and redo by whole texts: a filter is short, and this needs no package of its own. */
const steps = StateField.define<Steps>({
  create: () => ({ done: [], undone: [], at: 0 }),
  update: (value, transaction) => {
    const stepped = transaction.annotation(isStep);
    if (stepped !== undefined) return stepped;
    return transaction.docChanged ? remember(value, transaction) : value;
  },
});

function remember({ done, at }: Steps, transaction: Transaction): Steps {
  const now = transaction.annotation(Transactions.time) ?? 0;
  const goesOn = transaction.isUserEvent("input.type") && now - at < PAUSE && done.length > 0;
  const { doc, selection } = transaction.startState;
  const before = { text: doc.toString(), head: selection.main.head };
  return { done: goesOn ? done : [...done, before].slice(-MOST_STEPS), undone: [], at: now };
}

function step(view: EditorView, direction: "undo" | "redo"): boolean {
  const { done, undone } = view.state.field(steps);
  const target = (direction === "undo" ? done : undone).at(-1);
  if (target === undefined) return true;
  const here = { text: view.state.doc.toString(), head: view.state.selection.main.head };
  const value: Steps =
    direction === "undo"
      ? { done: done.slice(0, -1), undone: [...undone, here], at: 0 }
      : { done: [...done, here], undone: undone.slice(0, -1), at: 0 };
  view.dispatch({
    changes: { from: 0, to: here.text.length, insert: target.text },
    selection: { anchor: target.head },
    annotations: isStep.of(value),
  });
  return true;
}

export const undoable: Extension = [
  steps,
  keymap.of([
    { key: "Mod-z", run: (view) => step(view, "undo") },
    { key: "Mod-y", mac: "Mod-Shift-z", run: (view) => step(view, "redo") },
    { key: "Mod-Shift-z", run: (view) => step(view, "redo") },
  ]),
];
