import { useSpeaker } from "../state/speaker-context.ts";
import { SHORTCUTS } from "./shortcut-list.ts";

/** All keys, by where they work. */
export function Shortcuts() {
  const { words } = useSpeaker();
  return (
    <div className="shortcuts" tabIndex={0}>
      {SHORTCUTS.map(({ name, keys }) => (
        <section key={name}>
          <h2>{words(name)}</h2>
          <dl>
            {keys.map(([key, about]) => (
              <div key={about}>
                <dt>
                  <kbd>{key}</kbd>
                </dt>
                <dd>{words(about)}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}
