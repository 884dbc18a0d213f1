import { StateEffect, StateField, type Extension } from "@codemirror/state";
import { Decoration, EditorView, type DecorationSet } from "@codemirror/view";
import type { FilterProblem } from "../../../contract/rows.ts";

/** Says what is wrong with the text, or that nothing is. */
export const setProblem = StateEffect.define<FilterProblem | null>();

const mark = Decoration.mark({ class: "filter-wrong-place" });

interface Problem {
  readonly isWrong: boolean;
  readonly marks: DecorationSet;
}

const NO_PROBLEM: Problem = { isWrong: false, marks: Decoration.none };

const problem = StateField.define<Problem>({
  create: () => NO_PROBLEM,
  update: (value, transaction) => {
    for (const effect of transaction.effects) {
      if (effect.is(setProblem)) return effect.value === null ? NO_PROBLEM : markOf(effect.value, transaction.newDoc.length);
    }
    return transaction.docChanged ? { ...value, marks: value.marks.map(transaction.changes) } : value;
  },
  provide: (field) => [
    EditorView.decorations.from(field, ({ marks }) => marks),
    EditorView.contentAttributes.from(field, ({ isWrong }) => ({
      "aria-invalid": String(isWrong),
      ...(isWrong ? { "aria-describedby": "filter-problem" } : {}),
    })),
  ],
});

/** A problem at the end of the text marks its last character: what should follow is missing there. */
function markOf({ from, to }: FilterProblem, length: number): Problem {
  const end = Math.min(Math.max(from, to), length);
  const start = Math.min(from, end === length && from >= length ? length - 1 : end);
  return { isWrong: true, marks: start < 0 || start >= end ? Decoration.none : Decoration.set(mark.range(start, end)) };
}

export const problemMark: Extension = problem;
