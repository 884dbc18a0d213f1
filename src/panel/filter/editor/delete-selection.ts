import type { Extension } from "@codemirror/state";
import { keymap, type EditorView } from "@codemirror/view";

/** Deletes what is selected. */
function deleteSelection(view: EditorView): boolean {
  if (view.state.selection.main.empty) return false;
  view.dispatch(view.state.update(view.state.replaceSelection(""), { userEvent: "delete.selection", scrollIntoView: true }));
  return true;
}

/**
 * Backspace and Delete over a selection. Left to the browser, emptying the whole box after the focus came back to it
 * changed the document's DOM without the editor hearing of it, and the filter stayed in force.
 */
export const selectionDeletable: Extension = keymap.of([
  { key: "Backspace", run: deleteSelection },
  { key: "Delete", run: deleteSelection },
]);
