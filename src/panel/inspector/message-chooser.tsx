import { ChevronLeft, ChevronRight } from "lucide-react";
import type { InspectedFrame } from "../../contract/inspect.ts";
import { Button } from "../controls/button.tsx";
import { useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import "./message-chooser.css";

/** Which message of a frame that holds several is looked at. */
export function MessageChooser({ details: { messages, message } }: { readonly details: InspectedFrame }) {
  const { selection } = useSession();
  const { words, figures } = useSpeaker();
  if (messages.length === 0) return null;
  return (
    <div className="message-chooser" role="group" aria-label={words("inspector.messages")}>
      <Button name={words("inspector.previous-message")} icon={<ChevronLeft />} reason={message === 0 ? words("inspector.first-message") : null} onClick={() => selection.chooseMessage(message - 1)} />
      <select
        className="field"
        aria-label={words("inspector.message-shown")}
        value={message}
        onChange={(event) => selection.chooseMessage(Number(event.target.value))}
      >
        {messages.map((label, place) => (
          // oxlint-disable-next-line react/no-array-index-key -- labels repeat, and never move
          <option key={place} value={place}>
            {`${figures.count(place + 1)}  ${label}`}
          </option>
        ))}
      </select>
      <Button name={words("inspector.next-message")} icon={<ChevronRight />} reason={message === messages.length - 1 ? words("inspector.last-message") : null} onClick={() => selection.chooseMessage(message + 1)} />
      <span>{words("inspector.of-messages", { all: messages.length })}</span>
    </div>
  );
}
