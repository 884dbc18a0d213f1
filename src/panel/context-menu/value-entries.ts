import { isColumnPath, LONGEST_COLUMN_PATH, MOST_COLUMN_PATHS } from "../../contract/column-paths.ts";
import { say, type Said } from "../../model/said.ts";
import { formatPath, PATH_FORMS, printPath } from "../../query/path.ts";
import type { Speaker } from "../../words/speaker.ts";
import { openPage } from "../controls/open-page.ts";
import { shownPaths } from "../state/column-layout.ts";
import { addPath, canAddPath, takePathAway } from "../state/path-columns.ts";
import { valueCondition } from "./conditions.ts";
import { filterEntries } from "./filter-entries.ts";
import type { MenuEntry } from "./menu-entry.ts";
import type { MenuPart } from "./menu-part.ts";

/** What a node of a message's tree holds, as a condition. */
export const valueFilter: MenuPart<"value"> = ({ session, speaker, target: { path, isInner, kind, value } }) => {
  if (isInner) return [inString(speaker.words, "tree.filter-by")];
  return path.length === 0 ? [] : filterEntries(session, speaker, valueCondition(path, kind, value));
};

/** What needs a path, of a value to which none leads. */
const inString = (words: Speaker["words"], what: "tree.filter-by" | "tree.add-column" | "menu.copy-path"): MenuEntry => ({ type: "item", text: words(what), reason: words("tree.in-string"), run: () => {} });

/** Its path as a column of the table, or no longer. */
export const valueColumn: MenuPart<"value"> = ({ session, speaker: { words }, target: { path, isInner } }) => {
  if (isInner) return [inString(words, "tree.add-column")];
  const { columns } = session;
  const text = printPath(path);
  if (path.length === 0 || !isColumnPath(text) || text.length > LONGEST_COLUMN_PATH) return [];
  const layout = columns.store.getState();
  const isShown = shownPaths(layout).includes(text);
  return [
    isShown
      ? { type: "item", text: words("menu.remove-column", { path: text }), run: () => takePathAway(session, text) }
      : { type: "item", text: words("tree.add-column"), ...(layout.order.includes(text) || canAddPath(layout) ? { hint: text } : { reason: words("menu.most", { n: MOST_COLUMN_PATHS }) }), run: () => columns.change(addPath(columns.store.getState(), text)) },
  ];
};

/** All that is below it. */
export const valueFold: MenuPart<"value"> = ({ speaker: { words }, target: { kind, fold } }) =>
  kind === "object" || kind === "array"
    ? [
        { type: "item", text: words("tree.expand-all"), hint: "*", run: () => fold(true) },
        { type: "item", text: words("tree.collapse-all"), hint: "Alt+←", run: () => fold(false) },
      ]
    : [];

export const valueBytes: MenuPart<"value"> = ({ speaker: { words }, target: { showBytes } }) => (showBytes === null ? [] : [{ type: "item", text: words("tree.show-bytes"), run: showBytes }]);

/** The page that it is the address of. */
export const valuePage: MenuPart<"value"> = ({ speaker: { words }, target: { url } }) => (url === null ? [] : [{ type: "item", text: words("tree.open"), hint: url, run: () => openPage(url) }]);

/** Where a page is captured that can be given it. */
export const valueGlobal: MenuPart<"value"> = ({ session: { abilities, capture, clipboard }, speaker: { words }, target: { json } }) => {
  if (!abilities.getState().includes("send")) return [];
  const store = async (): Promise<{ readonly done: Said; readonly text: string }> => {
    const { name } = await capture.live("keepGlobal", { json: await json("line") });
    return { done: say("tree.stored-global", { name }), text: name };
  };
  return [{ type: "item", text: words("tree.store-global"), run: () => void clipboard.copyNamed(store()) }];
};

export const valueCopy: MenuPart<"value"> = ({ session: { clipboard }, speaker: { words }, target: { path, isInner, kind, key, json, isSentJson } }) => {
  const entries: MenuEntry[] = [];
  if (kind === "object" || kind === "array") {
    const forms = [["tree.copy-pretty", "pretty"], ["tree.copy-line", "line"], ["tree.copy-sent", "sent"]] as const;
    for (const [name, form] of forms) if (form !== "sent" || isSentJson) entries.push({ type: "item", text: words(name), run: () => void clipboard.copy(say("copy.value"), json(form)) });
  } else {
    entries.push({ type: "item", text: words("menu.copy-value"), run: () => void clipboard.copy(say("copy.value"), json("line")) });
    // Without its quotes and escapes.
    if (kind === "string") entries.push({ type: "item", text: words("tree.copy-text"), run: () => void clipboard.copy(say("copy.value"), json("line").then((text) => String(JSON.parse(text)))) });
  }
  if (key !== null) entries.push({ type: "item", text: words("tree.copy-key"), hint: key, run: () => void clipboard.copy(say("tree.key-copied"), key) });
  if (isInner) entries.push(inString(words, "menu.copy-path"));
  if (path.length === 0) return entries;
  const text = printPath(path);
  const forms = PATH_FORMS.map((form) => ({ type: "item" as const, text: words("tree.path-for", { form }), hint: formatPath(path, form), run: () => void clipboard.copy(say("copy.path"), formatPath(path, form)) }));
  entries.push(
    { type: "item", text: words("menu.copy-path"), hint: text, run: () => void clipboard.copy(say("copy.path"), text) },
    { type: "submenu", text: words("tree.copy-path-as"), entries: forms },
  );
  return entries;
};
