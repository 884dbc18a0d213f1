import { Copy, LayoutList, Trash2 } from "lucide-react";
import { useState, type ReactNode } from "react";
import { say, type Told } from "../../model/said.ts";
import { Button } from "../controls/button.tsx";
import { leavesKeyboardBeside } from "../controls/leave-keyboard.ts";
import { FieldForm } from "../controls/field-form.tsx";
import { Popup } from "../controls/popup.tsx";
import { FilterButton } from "../filter/filter-button.tsx";
import { useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { MOST_VIEWS } from "../state/kept-views.ts";
import { viewsOf } from "../state/views-store.ts";
import { VIEWS } from "./built-in-views.ts";
import "./views.css";

/** The views, in the filter box. */
export function ViewsMenu({ isOpenAtFirst }: { readonly isOpenAtFirst: boolean }) {
  // The commands list them too: they are to be there by then.
  const views = viewsOf(useSession());
  const { words } = useSpeaker();
  const [isOpen, setIsOpen] = useState(isOpenAtFirst);
  return (
    <Popup
      trigger={
        <FilterButton name={words("filter.views")} data-opens="views" title={words("views.about")}>
          <LayoutList />
        </FilterButton>
      }
      isOpen={isOpen}
      onOpenChange={setIsOpen}
      className="views"
      sideOffset={5}
      aria-label={words("filter.views")}
      onOpenAutoFocus={(event) => {
        if (!views.takeNaming()) return;
        event.preventDefault();
        (event.target as Element).querySelector("input")?.focus();
      }}
    >
      <ViewsList onShown={() => setIsOpen(false)} />
      <SaveView onSaved={() => setIsOpen(false)} />
      <SharedView onAdded={() => setIsOpen(false)} />
    </Popup>
  );
}

function ViewsList({ onShown }: { readonly onShown: () => void }) {
  const session = useSession();
  const { clipboard } = session;
  const views = viewsOf(session);
  const { words } = useSpeaker();
  const own = useSelected(views, (state) => state.views);
  return (
    <ul className="views-list">
      {VIEWS.map((view) => (
        <ViewLine
          key={view.name}
          name={words(view.name)}
          filter={view.filter}
          onShow={() => {
            views.show(view);
            onShown();
          }}
        />
      ))}
      {own.map((view) => (
        <ViewLine
          key={`own ${view.name}`}
          name={view.name}
          filter={view.filter}
          onShow={() => {
            views.showKept(view);
            onShown();
          }}
        >
          <Button name={words("views.copy-named", { name: view.name })} title={words("views.copy")} icon={<Copy />} onClick={() => void clipboard.copy(say("views.copied", { name: view.name }), views.textOf(view.name))} />
          <Button name={words("views.delete-named", { name: view.name })} title={words("views.delete")} icon={<Trash2 />} onClick={() => views.remove(view.name)} />
        </ViewLine>
      ))}
    </ul>
  );
}

interface ViewLineProps {
  readonly name: string;
  readonly filter: string;
  readonly onShow: () => void;
  readonly children?: ReactNode;
}

function ViewLine({ name, filter, onShow, children }: ViewLineProps) {
  return (
    <li ref={leavesKeyboardBeside}>
      <button type="button" className="views-show" onClick={onShow}>
        <span>{name}</span>
        <code>{filter}</code>
      </button>
      {children}
    </li>
  );
}

function SaveView({ onSaved }: { readonly onSaved: () => void }) {
  const views = viewsOf(useSession());
  const { words } = useSpeaker();
  const [name, setName] = useState("");
  const isFull = useSelected(views, ({ views: own }) => own.length >= MOST_VIEWS);
  const full = views.canSave(name) ? null : words("views.full", { most: MOST_VIEWS });
  const save = (): void => {
    views.save(name);
    onSaved();
  };
  return (
    <FieldForm name={words("views.save-name")} maxLength={60} value={name} onChange={setName} take={{ name: words("views.save"), reason: full ?? (name.trim() === "" ? words("views.name-first") : null), title: words("views.save-about") }} onTake={save}>
      {isFull && <p className="views-full">{words("views.full", { most: MOST_VIEWS })}</p>}
    </FieldForm>
  );
}

function SharedView({ onAdded }: { readonly onAdded: () => void }) {
  const views = viewsOf(useSession());
  const { words, tell } = useSpeaker();
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<Told | null>(null);
  const add = (): void => {
    const why = views.addText(text);
    setProblem(why);
    if (why === null) onAdded();
  };
  return (
    <FieldForm name={words("views.shared")} value={text} onChange={setText} aria-invalid={problem !== null} take={{ name: words("views.add"), reason: text.trim() === "" ? words("views.text-first") : null }} onTake={add}>
      {problem !== null && (
        <p role="alert" className="views-wrong">
          {tell(problem)}
        </p>
      )}
    </FieldForm>
  );
}
