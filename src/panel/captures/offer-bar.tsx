import { History } from "lucide-react";
import { Button } from "../controls/button.tsx";
import { NoticeBar } from "../controls/notice-bar.tsx";
import { useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { latestOffer, offerText } from "./capture-words.ts";

/** Offers a capture that a crash cut off, until the user opens or dismisses it; the latest first. */
export function OfferBar() {
  const { captures } = useSession();
  const { words, tell } = useSpeaker();
  const offered = useSelected(captures, ({ list }) => latestOffer(list ?? []));
  const problem = useSelected(captures, (state) => state.problem);
  if (offered === undefined) return null;
  return (
    <NoticeBar name={words("captures.offer-name")} icon={<History />} text={problem === null ? offerText(offered, words) : tell(problem)}>
      <Button name={words("captures.offer-open")} text={words("captures.open")} look="plain" onClick={() => void captures.show(offered)} />
      <Button name={words("captures.offer-dismiss")} text={words("captures.dismiss")} title={words("captures.offer-dismiss-about")} onClick={() => void captures.dismiss(offered)} />
    </NoticeBar>
  );
}
