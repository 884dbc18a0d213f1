import { useState } from "react";
import type { HeldMessage } from "../../model/rules-in-force.ts";
import { Button } from "../controls/button.tsx";
import { leavesKeyboardBeside } from "../controls/leave-keyboard.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import type { RulesStore } from "./rules-store.ts";

/** Messages that wait for the user, the first of them: each goes as it is, changed, or not at all. */
export function HeldMessages({ held, waiting, store }: { readonly held: readonly HeldMessage[]; readonly waiting: number; readonly store: RulesStore }) {
  const { words } = useSpeaker();
  if (held.length === 0) return null;
  return (
    <section aria-label={words("rules.held")}>
      <p className="rules-held-count">{words("rules.waiting", { n: waiting })}</p>
      <ul>
        {held.map((message) => (
          <HeldLine key={message.id} message={message} store={store} />
        ))}
      </ul>
    </section>
  );
}

function HeldLine({ message, store }: { readonly message: HeldMessage; readonly store: RulesStore }) {
  const { words } = useSpeaker();
  const [text, setText] = useState(message.text);
  return (
    <li ref={leavesKeyboardBeside} className="rules-held">
      <span>{message.direction === "sent" ? "↑" : "↓"}</span>
      {text === null ? (
        <span className="rules-text">{words("rules.held-binary")}</span>
      ) : (
        <textarea className="field rules-text" aria-label={words("rules.held-text")} spellCheck={false} rows={Math.min(4, text.split("\n").length)} value={text} onChange={({ target }) => setText(target.value)} />
      )}
      <Button name={words("rules.let-go")} text={words("rules.let-go")} look="plain" onClick={() => void store.letGo(message.id, text === message.text ? null : text, false)} />
      <Button name={words("rules.drop-held")} text={words("rules.drop-held")} look="plain" onClick={() => void store.letGo(message.id, null, true)} />
    </li>
  );
}
