import { X } from "lucide-react";
import { useEffect, useId, useState } from "react";
import type { ConnectionRow } from "../../contract/connections.ts";
import type { OpenedSchema } from "../../contract/decoding.ts";
import type { Told } from "../../model/said.ts";
import type { Framing, SchemaChoice } from "../../model/schema-choice.ts";
import { AskDialog } from "../controls/ask-dialog.tsx";
import { Button } from "../controls/button.tsx";
import { leavesKeyboardBeside } from "../controls/leave-keyboard.ts";
import { chooseFiles } from "../controls/choose-file.ts";
import { decodersOf } from "../state/decoders-store.ts";
import { useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { toldBy } from "../told-by.ts";
import { draftOf, EMPTY_RULE, isFirst, rulesFor, rulesOf, type RuleDraft } from "./schema-draft.ts";
import "./schema.css";

/** What .proto files and descriptor sets come in; a set has no ending of its own. */
const SCHEMA_FILES = ".proto,.pb,.binpb,.bin,.desc,.protoset,.fds";

interface OpenedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

interface SchemaDialogProps {
  readonly row: ConnectionRow;
  readonly from: HTMLElement | null;
}

/** Asks by which schema the binary messages of a connection are read. */
export function SchemaDialog({ row, from }: SchemaDialogProps) {
  const session = useSession();
  const { words } = useSpeaker();
  const { engine, menu } = session;
  const id = useId();
  /** Those that were opened here; a schema of before is known by their names alone. */
  const [files, setFiles] = useState<readonly OpenedFile[]>([]);
  const [names, setNames] = useState<readonly string[]>([]);
  const [opened, setOpened] = useState<OpenedSchema | null>(null);
  const [rules, setRules] = useState<readonly RuleDraft[]>([EMPTY_RULE]);
  const [framing, setFraming] = useState<Framing>("message");
  const [problem, setProblem] = useState<Told | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const said = opened === null ? undefined : rulesOf(rules);

  useEffect(() => {
    engine.call("schemaOf", { connection: row.id }).then(
      (known) => {
        if (known === null) return;
        const { choice, types } = known;
        setNames(choice.files);
        setOpened({ schema: choice.schema, types });
        setRules(choice.rules.map(draftOf));
        setFraming(choice.framing);
      },
      (error: unknown) => setProblem(toldBy(error)),
    );
  }, [engine, row.id]);

  /** Nothing is taken for granted of a schema until all of its files were read together. */
  async function open(added: readonly File[]): Promise<void> {
    if (added.length === 0) return;
    setIsBusy(true);
    try {
      const read = await Promise.all(added.map(async (file): Promise<OpenedFile> => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })));
      await take([...files.filter(({ name }) => !read.some((one) => one.name === name)), ...read]);
    } finally {
      setIsBusy(false);
    }
  }

  async function take(all: readonly OpenedFile[]): Promise<void> {
    setFiles(all);
    setNames(all.map(({ name }) => name));
    setProblem(null);
    setOpened(null);
    if (all.length === 0) return;
    try {
      const found = await engine.call("openSchema", { files: all });
      setOpened(found);
      setRules((drafts) => rulesFor(found.types, drafts));
    } catch (error) {
      setProblem(toldBy(error));
    }
  }

  async function choose(choice: SchemaChoice | null): Promise<void> {
    setIsBusy(true);
    try {
      await decodersOf(session).readBySchema(row, choice);
      menu.closeAsked();
    } catch (error) {
      setProblem(toldBy(error));
      setIsBusy(false);
    }
  }

  function decode(): void {
    if (opened !== null && said !== undefined && !isBusy) void choose({ files: names, schema: opened.schema, rules: said, framing });
  }

  const change = (place: number, part: Partial<RuleDraft>): void => {
    setProblem(null);
    setRules(rules.map((rule, i) => (i === place ? { ...rule, ...part } : rule)));
  };

  return (
    <AskDialog
      title={words("schema.title")}
      about={words("schema.about")}
      className="schema"
      problem={problem}
      remove={{ name: words("schema.remove"), reason: row.hasSchema === true ? null : words("schema.remove-nothing"), isBusy, onClick: () => void choose(null) }}
      save={{ name: words("schema.decode"), reason: said !== undefined ? null : words(opened === null ? "schema.open-first" : rules.some(({ first }) => !isFirst(first)) ? "schema.first-about" : "schema.type-first"), isBusy }}
      onSave={decode}
      onClose={() => menu.closeAsked()}
      from={from}
    >
      <div className="schema-files">
        {names.map((name) => (
          <span key={name} ref={leavesKeyboardBeside} className="schema-file" title={name}>
            <span>{name}</span>
            {files.length > 0 && <Button name={words("schema.remove-file", { name })} icon={<X />} onClick={() => void take(files.filter((file) => file.name !== name))} />}
          </span>
        ))}
        <Button name={words("schema.open")} text={words("schema.open")} look="plain" isBusy={isBusy} onClick={() => chooseFiles(SCHEMA_FILES, (added) => void open(added))} />
      </div>
      {opened !== null && (
        <>
          <table className="schema-rules" aria-label={words("schema.rules")}>
            <thead>
              <tr>
                <th scope="col">{words("schema.type")}</th>
                <th scope="col">{words("schema.direction")}</th>
                <th scope="col" title={words("schema.topic-about")}>
                  {words("schema.topic")}
                </th>
                <th scope="col" title={words("schema.first-about")}>
                  {words("schema.first")}
                </th>
                <td />
              </tr>
            </thead>
            <tbody>
              {rules.map((rule, i) => (
                // oxlint-disable-next-line react/no-array-index-key -- a rule is edited in its place
                <tr key={i} ref={leavesKeyboardBeside}>
                  <td>
                    <input className="field" type="text" aria-label={words("schema.type")} list={`${id}-types`} value={rule.type} spellCheck={false} onChange={({ target }) => change(i, { type: target.value })} />
                  </td>
                  <td>
                    <select className="field" aria-label={words("schema.direction")} value={rule.direction} onChange={({ target: { value } }) => change(i, { direction: value === "sent" || value === "received" ? value : "" })}>
                      <option value="">{words("schema.both")}</option>
                      <option value="sent">{words("schema.sent")}</option>
                      <option value="received">{words("schema.received")}</option>
                    </select>
                  </td>
                  <td>
                    <input className="field" type="text" aria-label={words("schema.topic")} title={words("schema.topic-about")} placeholder={words("schema.topic-example")} value={rule.topic} spellCheck={false} onChange={({ target }) => change(i, { topic: target.value })} />
                  </td>
                  <td>
                    <input className="field" type="text" aria-label={words("schema.first")} title={words("schema.first-about")} placeholder={words("schema.first-example")} value={rule.first} aria-invalid={!isFirst(rule.first)} spellCheck={false} onChange={({ target }) => change(i, { first: target.value })} />
                  </td>
                  <td>
                    <Button name={words("schema.remove-rule", { n: i + 1 })} icon={<X />} reason={rules.length === 1 ? words("schema.one-line") : null} onClick={() => setRules(rules.filter((_, place) => place !== i))} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          <datalist id={`${id}-types`}>
            {opened.types.map((type) => (
              <option key={type} value={type} />
            ))}
          </datalist>
          <div className="schema-more">
            <Button name={words("schema.add-rule")} text={words("schema.add-rule")} look="plain" onClick={() => setRules([...rules, EMPTY_RULE])} />
            <span className="ask-about">{words("schema.rules-about")}</span>
          </div>
          <label className="schema-framing">
            <input type="checkbox" checked={framing === "delimited"} onChange={({ target }) => setFraming(target.checked ? "delimited" : "message")} />
            {words("schema.delimited")}
          </label>
        </>
      )}
    </AskDialog>
  );
}
