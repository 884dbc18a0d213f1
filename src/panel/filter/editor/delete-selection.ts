import { Prec, type Extension } from "@codemirror/state";
import { keymap, type EditorView } from "@codemirror/view";

/**
 * Deletes what is selected by the editor's own account of it. Without this the browser would delete what the document
 * shows as selected, which is a moment behind right after a triple click.
 */
export const deletesSelection: Extension = Prec.high(
  keymap.of([
    { key: "Backspace", run: deleteSelection },
    { key: "Delete", run: deleteSelection },
  ]),
);

function deleteSelection(view: EditorView): boolean {
  const { main } = view.state.selection;
  if (main.empty) return false;
  view.dispatch({ changes: { from: main.from, to: main.to }, selection: { anchor: main.from }, userEvent: "delete.selection" });
  return true;
}
