import { saveText } from "../save-file.ts";
import type { PanelSession } from "../state/panel-session.ts";
import { viewsOf } from "../state/views-store.ts";
import { readSettingsFile, SETTINGS_FILE, writeSettingsFile } from "./settings-file.ts";

/** What the file of all settings can be called. */
export const SETTINGS_TYPES = ".json,application/json";

/** Saves all that the user set as one file. */
export function exportSettings(session: PanelSession): void {
  const { settings, filters, columns } = session;
  saveText(SETTINGS_FILE, "application/json", writeSettingsFile({ settings: settings.store.getState(), filters: filters.store.getState(), columns: columns.store.getState(), views: viewsOf(session).store.getState() }));
}

/** Takes all that is in such a file. Rejects with a `Refusal` where something of it is not as it can be: nothing is taken then. */
export async function importSettings(session: PanelSession, file: File): Promise<void> {
  const { settings, filters, columns } = session;
  const read = readSettingsFile(await file.text());
  if (read.settings !== undefined) settings.change(read.settings);
  if (read.filters !== undefined) filters.replace(read.filters);
  if (read.columns !== undefined) columns.change(read.columns);
  if (read.views !== undefined) viewsOf(session).replace(read.views);
}
