import { History } from "lucide-react";
import { Button } from "../controls/button.tsx";
import { useSelected, useSession } from "../state/session-context.ts";
import { latestOffer, offerWords } from "./capture-words.ts";
import "./captures.css";

/** Offers a capture that a crash cut off, until the user opens or dismisses it; the latest first. */
export function OfferBar() {
  const { captures } = useSession();
  const offered = useSelected(captures, ({ list }) => latestOffer(list ?? []));
  if (offered === undefined) return null;
  return (
    <section className="captures-offer" aria-label="Capture cut off">
      <History />
      <span role="status">{offerWords(offered)}</span>
      <Button name="Open this capture" text="Open" look="plain" onClick={() => void captures.show(offered)} />
      <Button name="Dismiss this capture" text="Dismiss" title="It stays in the list of captures" onClick={() => void captures.dismiss(offered)} />
    </section>
  );
}
