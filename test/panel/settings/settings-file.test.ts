import { expect, it } from "vitest";
import { Refusal } from "../../../src/model/refusal.ts";
import { DEFAULT_SETTINGS } from "../../../src/model/settings.ts";
import { readSettingsFile, writeSettingsFile } from "../../../src/panel/settings/settings-file.ts";
import { DEFAULT_COLUMNS } from "../../../src/panel/state/column-layout.ts";
import { en } from "../../words/speakers.ts";

const PARTS = {
  settings: { ...DEFAULT_SETTINGS, memoryBudget: 512 },
  filters: { saved: [{ name: "trades", text: "type:trade", isOn: true }], highlights: ["error"], used: ["secret"] },
  columns: { ...DEFAULT_COLUMNS, widths: { type: 120 } },
  views: { views: [{ name: "Mine", filter: "is:error", sort: { by: "size", descending: true }, columns: DEFAULT_COLUMNS }] },
} as const;

const problemOf = (text: string): string => {
  try {
    readSettingsFile(text);
  } catch (error) {
    if (error instanceof Refusal) return en.tell(error.told);
    throw error;
  }
  return "none";
};

it("settings come out of their file as they went in, but for filters that were only typed", () => {
  const text = writeSettingsFile(PARTS);
  expect(readSettingsFile(text)).toEqual({ ...PARTS, filters: { ...PARTS.filters, used: [] } });
  expect(text).not.toContain("secret");
  expect(readSettingsFile('{"framescope":"settings","settings":{"keepLog":false}}')).toEqual({ settings: { ...DEFAULT_SETTINGS, keepLog: false } });
});

it("a file with anything that cannot be kept as it stands is refused by the name of that", () => {
  expect(problemOf('{"framescope": "settings",\n  "settings": {"keepLog": yes}}')).toBe("Not valid JSON: line 2, character 27. Nothing was imported.");
  expect(problemOf('{"log":{}}')).toBe("Not a file of Framescope settings. Choose one from Export settings.");
  expect(problemOf('{"framescope":"settings","colours":{}}')).toBe("Unknown setting colours. Nothing was imported.");
  expect(problemOf('{"framescope":"settings","settings":{"typo":1}}')).toBe("Unknown setting settings.typo. Nothing was imported.");
  expect(problemOf('{"framescope":"settings","settings":{"memoryBudget":-1}}')).toBe("settings.memoryBudget cannot be -1. Nothing was imported.");
  expect(problemOf('{"framescope":"settings","filters":{"saved":[{"name":1,"text":"a","isOn":true}]}}')).toBe('filters.saved[0] cannot be {"name":1,"text":"a","isOn":true}. Nothing was imported.');
});
