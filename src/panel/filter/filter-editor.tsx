import { completionStatus } from "@codemirror/autocomplete";
import { Annotation, Compartment, EditorState, type Extension } from "@codemirror/state";
import { EditorView, highlightSpecialChars, keymap, placeholder } from "@codemirror/view";
import { useEffect, useLayoutEffect, useRef, type RefObject } from "react";
import type { Speaker } from "../../words/speaker.ts";
import type { PanelSession } from "../state/panel-session.ts";
import { HIDDEN, HIDDEN_CHARACTER, numberOf } from "../figures/hidden-characters.tsx";
import { useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { engineCompletion } from "./editor/completion.ts";
import { deletable } from "./editor/deletion.ts";
import { problemMark, setProblem } from "./editor/problem-mark.ts";
import { queryLanguage } from "./editor/query-language.ts";
import { singleLine } from "./editor/single-line.ts";
import { undoable } from "./editor/undo.ts";
import { isOfferMeant } from "./enter-key.ts";
import type { FilterHandle, FilterKeys, FilterStart } from "./filter-handle.ts";

interface FilterEditorProps {
  /** Where the cursor was in what stood here before. */
  readonly start: FilterStart;
  readonly keys: FilterKeys;
  readonly handleRef: RefObject<FilterHandle | null>;
  /** The list of completions opened or closed. */
  readonly onCompleting: (isCompleting: boolean) => void;
}

/** A change that came from the store, and need not go back there. */
const fromStore = Annotation.define<true>();

/** The filter box as an editor of one line: colours, completion, and the place of a problem. */
export function FilterEditor({ start, keys, handleRef, onCompleting }: FilterEditorProps) {
  const session = useSession();
  const { words, tell } = useSpeaker();
  const host = useRef<HTMLDivElement>(null);
  // The editor lives as long as the box; what it calls is always the newest.
  const latest = useRef({ keys, onCompleting, tell });
  useLayoutEffect(() => {
    latest.current = { keys, onCompleting, tell };
  });
  const first = useRef(start);
  const editor = useRef<EditorView | null>(null);

  useEffect(() => {
    if (host.current === null) return undefined;
    const view = new EditorView({ parent: host.current, state: stateOf(session, first.current, latest) });
    editor.current = view;
    handleRef.current = {
      focus: () => view.focus(),
      selectAll: () => view.dispatch({ selection: { anchor: 0, head: view.state.doc.length } }),
    };
    const follow = (): void => {
      const { text, problem } = session.scope.store.getState();
      const isOther = text !== view.state.doc.toString();
      view.dispatch({
        ...(isOther ? { changes: { from: 0, to: view.state.doc.length, insert: text }, selection: { anchor: text.length } } : {}),
        effects: setProblem.of(problem),
        annotations: fromStore.of(true),
      });
    };
    follow();
    if (first.current.hasFocus) view.focus();
    const end = session.scope.store.subscribe((now, before) => {
      if (now.text !== before.text || now.problem !== before.problem) follow();
    });
    return () => {
      end();
      handleRef.current = null;
      editor.current = null;
      view.destroy();
    };
  }, [session, handleRef]);
  useEffect(() => editor.current?.dispatch({ effects: speech.reconfigure(speechOf(words)) }), [words]);

  return (
    <div
      ref={host}
      className="filter-editor"
      // A key that the editor acted on is not for DevTools (see `takeKey`).
      onKeyDown={(event) => event.defaultPrevented && event.stopPropagation()}
    />
  );
}

type Latest = RefObject<Pick<FilterEditorProps, "keys" | "onCompleting"> & Pick<Speaker, "tell">>;

function stateOf(session: PanelSession, { from, to }: FilterStart, latest: Latest): EditorState {
  const doc = session.scope.store.getState().text;
  return EditorState.create({
    doc,
    selection: { anchor: Math.min(from, doc.length), head: Math.min(to, doc.length) },
    extensions: [
      singleLine,
      undoable,
      deletable,
      problemMark,
      queryLanguage,
      hidden,
      engineCompletion(
        (text, at) => session.engine.call("complete", { text, at }),
        (said) => latest.current.tell(said),
        () => isOfferMeant(session.counts.getState().changed, session.scope.store.getState().problem),
      ),
      speech.of([]),
      attributes,
      keymap.of([
        { key: "Enter", run: () => latest.current.keys.enter() || true },
        { key: "ArrowDown", run: () => latest.current.keys.down() },
        { key: "ArrowUp", run: () => latest.current.keys.up() },
        { key: "Escape", run: () => latest.current.keys.escape() },
      ]),
      listener(session, latest),
    ],
  });
}

/** What depends on the language, which may change while the editor lives. */
const speech = new Compartment();
const speechOf = (words: Speaker["words"]): Extension => [
  placeholder(words("filter.hint")),
  EditorView.contentAttributes.of({ "aria-label": words("filter.name") }),
  EditorState.phrases.of({ Completions: words("filter.completions") }),
];

const hidden = highlightSpecialChars({
  specialChars: HIDDEN,
  render: (code) => {
    const mark = document.createElement("span");
    mark.className = HIDDEN_CHARACTER;
    mark.textContent = numberOf(code);
    return mark;
  },
});

const attributes: Extension = EditorView.contentAttributes.of({
  "aria-multiline": "false",
  spellcheck: "false",
  autocorrect: "off",
  autocapitalize: "off",
  // It has the keyboard without it, too; a checker sees only this that what scrolls can be reached.
  tabindex: "0",
});

const listener = (session: PanelSession, latest: Latest): Extension =>
  EditorView.updateListener.of(({ docChanged, state, startState, transactions }) => {
    if (docChanged && !transactions.some((transaction) => transaction.annotation(fromStore) === true)) {
      session.scope.typeFilter(state.doc.toString());
    }
    const isCompleting = completionStatus(state) === "active";
    if (isCompleting !== (completionStatus(startState) === "active")) latest.current.onCompleting(isCompleting);
  });
