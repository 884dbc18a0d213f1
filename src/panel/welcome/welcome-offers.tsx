import { Button } from "../controls/button.tsx";
import { useWhole } from "../controls/use-whole.ts";
import { importsOf } from "../import/import-store.ts";
import { useCapture, useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { tourOf } from "./tour-store.ts";
import "./welcome.css";

/** What else one can do while there is nothing to see. */
export function WelcomeOffers() {
  const session = useSession();
  const { words } = useSpeaker();
  const isWhole = useWhole();
  const isKept = useCapture().state === "kept";
  const isNoPage = useSelected(session.tabs, ({ captured }) => captured?.url.startsWith("chrome-extension:") === true);
  // Its room is kept: the sentence above stays where it is.
  if (!isWhole) return <div className="welcome" />;
  const open = async (): Promise<void> => {
    const { openDemo } = await import("./demo-capture.ts");
    await openDemo(session, words("welcome.demo-name"));
  };
  return (
    <div className="welcome">
      {isNoPage && <Button name={words("live.connect")} text={words("live.connect")} look="plain" onClick={() => session.sending.openToConnect(null)} />}
      {!isKept && <p>{words("welcome.about")}</p>}
      <div className="welcome-offers">
        {isKept && <Button name={words("palette.captures")} text={words("palette.captures")} look="plain" onClick={() => session.captures.open()} />}
        <Button name={words("welcome.demo")} text={words("welcome.demo")} title={words("welcome.demo-about")} look="plain" onClick={() => void open()} />
        <Button name={words("welcome.tour")} text={words("welcome.tour")} look="plain" onClick={({ currentTarget }) => tourOf(session).begin(currentTarget)} />
        <Button name={words("welcome.import")} text={words("welcome.import")} title={words("import.button-about")} look="plain" onClick={() => importsOf(session).choose()} />
      </div>
    </div>
  );
}
