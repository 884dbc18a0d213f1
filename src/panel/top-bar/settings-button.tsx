import { Settings as SettingsIcon } from "lucide-react";
import { Popover } from "radix-ui";
import { useId, useState } from "react";
import { Button } from "../controls/button.tsx";
import { formatCount } from "../figures/figures.ts";
import { KEPT_CAPTURES, KEPT_SIZE, MEMORY_BUDGET } from "../../model/settings.ts";
import { useSelected, useSession } from "../state/session-context.ts";

export function SettingsButton({ isOpenAtFirst }: { readonly isOpenAtFirst: boolean }) {
  return (
    <Popover.Root defaultOpen={isOpenAtFirst}>
      <Popover.Trigger asChild>
        <Button name="Settings" icon={<SettingsIcon />} />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="settings popup"
          align="end"
          sideOffset={4}
          collisionPadding={8}
          aria-label="Settings"
          // See `takeKey`: Escape closes the popover and is not for DevTools.
          onEscapeKeyDown={(event) => event.stopPropagation()}
          // The form goes before its box would lose the focus, and with it what was typed.
          onInteractOutside={() => document.activeElement instanceof HTMLInputElement && document.activeElement.blur()}
        >
          <SettingsForm />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function SettingsForm() {
  const { settings } = useSession();
  const { keepLog, captureWithDevTools, capturePopups, observeClosings, memoryBudget, keptCaptures, keptSize } = useSelected(settings, (state) => state);
  return (
    <>
      <CheckSetting
        name="Keep the log when the page navigates"
        about="A row in the table marks each navigation. Off: the log is cleared then."
        isOn={keepLog}
        onChange={(on) => settings.change({ keepLog: on })}
      />
      <CheckSetting
        name="Capture as soon as DevTools opens"
        about="Off: the capture begins when you first look at this panel."
        isOn={captureWithDevTools}
        onChange={(on) => settings.change({ captureWithDevTools: on })}
      />
      <CheckSetting
        name="Capture popups"
        about="Tabs that a script of this page opens are captured too, while they live."
        isOn={capturePopups}
        onChange={(on) => settings.change({ capturePopups: on })}
      />
      <CheckSetting
        name="Observe closings"
        about="Shows close codes and reasons and the sizes of Blobs that are sent, which Chrome does not report. For this, WebSocket is wrapped in the page and its workers, at once and at each load; scripts see no difference, only their stack traces show one line more."
        isOn={observeClosings}
        onChange={(on) => settings.change({ observeClosings: on })}
      />
      <NumberSetting
        name="Memory for payloads"
        unit="MiB"
        about="Past this, payloads are read back from disk when you look at them."
        range={MEMORY_BUDGET}
        step={16}
        value={memoryBudget}
        onChange={(value) => settings.change({ memoryBudget: value })}
      />
      <NumberSetting
        name="Kept captures"
        unit=""
        about="So many stay on disk beside those that run; the oldest are deleted first. 0 keeps none."
        range={KEPT_CAPTURES}
        step={1}
        value={keptCaptures}
        onChange={(value) => settings.change({ keptCaptures: value })}
      />
      <NumberSetting
        name="Disk for captures"
        unit="MiB"
        about="Past this, the oldest are deleted, never one that runs or is open."
        range={KEPT_SIZE}
        step={1}
        value={keptSize}
        onChange={(value) => settings.change({ keptSize: value })}
      />
    </>
  );
}

interface CheckSettingProps {
  readonly name: string;
  readonly about: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}

function CheckSetting({ name, about, isOn, onChange }: CheckSettingProps) {
  const id = useId();
  return (
    <div className="setting">
      <input
        id={id}
        type="checkbox"
        checked={isOn}
        aria-describedby={`${id}-about`}
        onChange={(event) => onChange(event.target.checked)}
      />
      <label htmlFor={id}>{name}</label>
      <p id={`${id}-about`}>{about}</p>
    </div>
  );
}

interface NumberSettingProps {
  readonly name: string;
  readonly unit: string;
  readonly about: string;
  readonly range: { readonly least: number; readonly most: number };
  readonly step: number;
  readonly value: number;
  readonly onChange: (value: number) => void;
}

function NumberSetting({ name, unit, about, range: { least, most }, step, value, onChange }: NumberSettingProps) {
  const id = useId();
  // “2” on the way to “25” would delete captures: what is typed counts once it is said to be all.
  const [draft, setDraft] = useState<string | null>(null);
  const keep = (input: HTMLInputElement): void => {
    if (draft !== null && input.value !== "" && input.validity.valid) onChange(input.valueAsNumber);
    setDraft(null);
  };
  return (
    <div className="setting">
      <span />
      <label htmlFor={id}>
        {name}{" "}
        <input
          id={id}
          type="number"
          min={least}
          max={most}
          step={step}
          value={draft ?? value}
          aria-describedby={`${id}-about`}
          onChange={({ target }) => setDraft(target.value)}
          onKeyDown={({ key, currentTarget }) => key === "Enter" && currentTarget.validity.valid && keep(currentTarget)}
          onBlur={({ currentTarget }) => keep(currentTarget)}
        />{" "}
        {unit}
      </label>
      <p id={`${id}-about`}>
        {about} {formatCount(least)} to {formatCount(most)}.
      </p>
    </div>
  );
}
