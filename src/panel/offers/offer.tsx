import { Button } from "../controls/button.tsx";
import { leavesKeyboardBeside } from "../controls/leave-keyboard.ts";
import "./offer.css";

interface OfferProps {
  /** What is done about it. */
  readonly text: string;
  /** What that means. */
  readonly about: string;
  /** It is in force: there is nothing to press, and `about` says what comes of it. */
  readonly isTaken?: boolean;
  readonly onTake: () => void;
}

/** Something to press in the place that leaves something open. */
export function Offer({ text, about, isTaken = false, onTake }: OfferProps) {
  return (
    <div className="offer">
      {!isTaken && <Button ref={leavesKeyboardBeside} name={text} text={text} look="plain" onClick={onTake} />}
      <p>{about}</p>
    </div>
  );
}
