import type { Extension, SelectionRange } from "@codemirror/state";
import { keymap, type Command, type EditorView } from "@codemirror/view";

/**
 * Deleting a character, a word or what is selected. Left to the browser, emptying the whole box after the focus came
 * back to it changed the document's DOM without the editor hearing of it, and the filter stayed in force.
 */
export const deletable: Extension = keymap.of([
  { key: "Backspace", run: deleteTo((view, range) => view.moveByChar(range, false)) },
  { key: "Delete", run: deleteTo((view, range) => view.moveByChar(range, true)) },
  { key: "Mod-Backspace", mac: "Alt-Backspace", run: deleteTo((view, range) => view.moveByGroup(range, false)) },
  { key: "Mod-Delete", mac: "Alt-Delete", run: deleteTo((view, range) => view.moveByGroup(range, true)) },
]);

/** Deletes what is selected, else up to where `move` leads. */
function deleteTo(move: (view: EditorView, range: SelectionRange) => SelectionRange): Command {
  return (view) => {
    const { main } = view.state.selection;
    const end = main.empty ? move(view, main).head : main.anchor;
    const from = Math.min(main.head, end);
    const to = Math.max(main.head, end);
    if (from < to) view.dispatch({ changes: { from, to }, selection: { anchor: from }, userEvent: "delete", scrollIntoView: true });
    return true;
  };
}
