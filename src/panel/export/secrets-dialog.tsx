import { useId, useState } from "react";
import type { FoundSecrets } from "../../contract/files.ts";
import { useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { ExportDialog, toggled } from "./export-dialog.tsx";

interface SecretsDialogProps {
  /** The id of the format. */
  readonly format: string;
  readonly found: readonly FoundSecrets[];
}

/** Which of the secrets that were found are masked: all, unless the user says otherwise. */
export function SecretsDialog({ format, found }: SecretsDialogProps) {
  const { exports } = useSession();
  const { words, tell } = useSpeaker();
  const [kept, setKept] = useState<ReadonlySet<string>>(new Set());
  const foot = (
    <span role="status" className={kept.size === 0 ? "" : "secrets-warning"}>
      {kept.size === 0 ? "" : words("menu.export-kept", { kinds: found.filter(({ kind }) => kept.has(kind)).map((secrets) => tell(secrets.name)) })}
    </span>
  );
  return (
    <ExportDialog format={format} about={words("menu.export-found")} foot={foot} onGoOn={() => exports.answer([...kept])}>
      <fieldset>
        <legend className="spoken">{words("menu.export-mask")}</legend>
        {found.map((secrets) => (
          <Kind key={secrets.kind} secrets={secrets} isMasked={!kept.has(secrets.kind)} onToggle={() => setKept(toggled(kept, secrets.kind))} />
        ))}
      </fieldset>
    </ExportDialog>
  );
}

interface KindProps {
  readonly secrets: FoundSecrets;
  readonly isMasked: boolean;
  readonly onToggle: () => void;
}

function Kind({ secrets: { name, found, distinct }, isMasked, onToggle }: KindProps) {
  const { words, tell } = useSpeaker();
  const about = useId();
  return (
    <label className="secrets-kind">
      <input type="checkbox" checked={isMasked} onChange={onToggle} aria-label={tell(name)} aria-describedby={about} />
      <span className="secrets-name">{tell(name)}</span>
      <span className="secrets-count" id={about}>
        {words("menu.export-count", { n: found, different: distinct })}
      </span>
    </label>
  );
}
