import { X } from "lucide-react";
import { useId, useState } from "react";
import type { Told } from "../../model/said.ts";
import { Button } from "../controls/button.tsx";
import { leavesKeyboardBeside } from "../controls/leave-keyboard.ts";
import { chooseFile } from "../controls/choose-file.ts";
import { OWN_FILES } from "../context-menu/decoder-entries.ts";
import { decodersOf, type RememberedDecoder } from "../state/decoders-store.ts";
import { useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { prefixOf } from "../../model/prefix-choice.ts";
import { readSchemaChoice } from "../../model/schema-choice.ts";
import { toldBy } from "../told-by.ts";

/** The user's own decoders, and what connections are decoded as by their URL. */
export function DecoderSettings() {
  const decoders = decodersOf(useSession());
  const { words, tell } = useSpeaker();
  const { own, chosen, list } = useSelected(decoders, (state) => state);
  const [problem, setProblem] = useState<Told | null>(null);
  const id = useId();
  const open = (): void =>
    chooseFile(OWN_FILES, (file) => {
      decoders.open(file).then(() => setProblem(null), (error: unknown) => setProblem(toldBy(error)));
    });
  const change = (place: number, part: Partial<RememberedDecoder>): void => decoders.remember(chosen.map((one, i) => (i === place ? { ...one, ...part } : one)));
  /** Of what is in no list. */
  const nameOf = (decoder: string): string => {
    const skipped = prefixOf(decoder);
    return skipped === undefined ? decoder : words("prefix.named", { n: skipped });
  };
  return (
    <>
      {own.map((name) => (
        <div key={name} ref={leavesKeyboardBeside} className="decoder-line">
          <span className="decoder-name" title={name}>
            {name}
          </span>
          <Button name={words("own.remove", { name })} icon={<X />} onClick={() => decoders.remove(name)} />
        </div>
      ))}
      <div className="decoder-line">
        <Button name={words("own.open")} text={words("own.open")} look="plain" aria-describedby={`${id}-about`} onClick={open} />
      </div>
      <p id={`${id}-about`} className="decoder-about">
        {words("own.open-about")}
      </p>
      {problem !== null && (
        <p role="alert" className="settings-problem">
          {tell(problem)}
        </p>
      )}
      {chosen.map(({ url, decoder, schema, pairs }, i) => (
        // oxlint-disable-next-line react/no-array-index-key -- a pattern is edited in its place
        <div key={i} ref={leavesKeyboardBeside} className="decoder-line">
          <PatternField value={url} onChange={(value) => change(i, { url: value })} />
          <select className="field" aria-label={words("own.decoder")} title={pairs && words("pairs.named", { request: pairs.request, answer: pairs.answer })} value={decoder ?? ""} onChange={({ target }) => change(i, { decoder: target.value === "" ? null : target.value })}>
            {(schema !== undefined || pairs !== undefined) && <option value="">{schema === undefined ? words("menu.decode-automatically") : words("schema.named", { files: readSchemaChoice(schema)?.files ?? [] })}</option>}
            {decoder !== null && !list.some((one) => one.id === decoder) && <option value={decoder}>{nameOf(decoder)}</option>}
            {list.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </select>
          <Button name={words("own.pattern-remove", { url })} icon={<X />} onClick={() => decoders.remember(chosen.filter((_, place) => place !== i))} />
        </div>
      ))}
      <div className="decoder-line">
        <Button name={words("own.pattern-add")} text={words("own.pattern-add")} look="plain" reason={list.length === 0 ? words("own.not-loaded") : chosen.some(({ url }) => url === "") ? words("own.pattern-first") : null} onClick={() => decoders.remember([...chosen, { url: "", decoder: list[0]?.id ?? "" }])} />
      </div>
      {chosen.length > 0 && <p className="decoder-about">{words("own.pattern-about")}</p>}
    </>
  );
}

/** What is typed counts once it is said to be all. */
function PatternField({ value, onChange }: { readonly value: string; readonly onChange: (value: string) => void }) {
  const { words } = useSpeaker();
  const [draft, setDraft] = useState<string | null>(null);
  const keep = (): void => {
    if (draft !== null && draft.trim() !== value) onChange(draft.trim());
    setDraft(null);
  };
  return (
    <input
      className="field"
      type="text"
      aria-label={words("own.pattern")}
      title={value}
      placeholder={words("own.pattern-example")}
      spellCheck={false}
      value={draft ?? value}
      onChange={({ target }) => setDraft(target.value)}
      onKeyDown={({ key }) => key === "Enter" && keep()}
      onBlur={keep}
    />
  );
}
