import { Copy, LayoutList, Trash2 } from "lucide-react";
import { useState, type ReactNode } from "react";
import { say } from "../../model/said.ts";
import { Button } from "../controls/button.tsx";
import { Popup } from "../controls/popup.tsx";
import { useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { viewsOf } from "../state/views-store.ts";
import { VIEWS } from "./built-in-views.ts";
import "./views.css";

/** The views, in the filter box. */
export function ViewsMenu({ isOpenAtFirst }: { readonly isOpenAtFirst: boolean }) {
  // The commands list them too: they are to be there by then.
  viewsOf(useSession());
  const { words } = useSpeaker();
  const [isOpen, setIsOpen] = useState(isOpenAtFirst);
  return (
    <Popup
      trigger={
        <button type="button" className="filter-button" aria-label={words("filter.views")} title={words("views.about")}>
          <LayoutList />
        </button>
      }
      isOpen={isOpen}
      onOpenChange={setIsOpen}
      className="views"
      sideOffset={5}
      aria-label={words("filter.views")}
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
            views.show(view);
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
    <li>
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
  const save = (): void => {
    if (name.trim() === "") return;
    views.save(name);
    onSaved();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <input className="field" aria-label={words("views.save-name")} type="text" value={name} maxLength={60} placeholder={words("views.save-name")} onChange={(event) => setName(event.target.value)} />
      <Button name={words("views.save")} text={words("views.save")} look="plain" disabled={name.trim() === ""} title={words("views.save-about")} onClick={save} />
    </form>
  );
}

function SharedView({ onAdded }: { readonly onAdded: () => void }) {
  const views = viewsOf(useSession());
  const { words } = useSpeaker();
  const [text, setText] = useState("");
  const [isWrong, setWrong] = useState(false);
  const add = (shared: string): void => {
    const isAdded = views.addText(shared);
    setWrong(!isAdded);
    if (isAdded) onAdded();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        add(text);
      }}
    >
      <input className="field" aria-label={words("views.shared")} type="text" value={text} placeholder={words("views.shared")} aria-invalid={isWrong} onChange={(event) => setText(event.target.value)} />
      <Button name={words("views.add")} text={words("views.add")} look="plain" disabled={text.trim() === ""} onClick={() => add(text)} />
      {isWrong && (
        <p role="alert" className="views-wrong">
          {words("views.not-one")}
        </p>
      )}
    </form>
  );
}
