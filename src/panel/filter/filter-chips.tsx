import { X } from "lucide-react";
import { say } from "../../model/said.ts";
import { leavesKeyboardBeside, leavesKeyboardToTable } from "../controls/leave-keyboard.ts";
import { useCount, useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";

/** Under the bar, once there are any: saved filters to switch on and off, and the highlights in their colours. */
export function FilterChips() {
  const { filters } = useSession();
  const { words, tell } = useSpeaker();
  const { saved, highlights } = useSelected(filters, (state) => state);
  const problems = useSelected({ store: filters.problems }, ({ list }) => list);
  if (saved.length === 0 && highlights.length === 0) return null;
  return (
    <div ref={leavesKeyboardToTable} className="chips" role="group" aria-label={words("filter.kept")}>
      {saved.map(({ name, text, isOn }) => (
        <span key={name} ref={leavesKeyboardBeside} className={isOn ? "chip chip-on" : "chip"}>
          <button type="button" className="chip-name" aria-pressed={isOn} title={text} onClick={() => filters.toggle(name)}>
            {name}
          </button>
          <RemoveButton name={words("filter.delete", { name })} onClick={() => filters.remove(name)} />
        </span>
      ))}
      {highlights.map((text, i) => (
        <span key={text} ref={leavesKeyboardBeside} className={`chip chip-highlight highlight-${i}`} title={tell(problems[i]?.message ?? say("filter.highlight-about"))}>
          <span className={(problems[i] ?? null) === null ? "chip-name" : "chip-name chip-wrong"}>{text}</span>
          <RemoveButton name={words("filter.remove-highlight", { filter: text })} onClick={() => filters.removeHighlight(text)} />
        </span>
      ))}
      <HiddenCount />
    </div>
  );
}

/** How many frames the saved filters alone hide, whatever else is asked for. */
function HiddenCount() {
  const { words } = useSpeaker();
  const hidden = useCount(({ muted }) => muted, null);
  return hidden !== null && hidden > 0 && <span className="chips-hidden">{words("filter.hidden", { n: hidden })}</span>;
}

function RemoveButton({ name, onClick }: { readonly name: string; readonly onClick: () => void }) {
  return (
    <button type="button" className="chip-remove" aria-label={name} title={name} onClick={onClick}>
      <X />
    </button>
  );
}
