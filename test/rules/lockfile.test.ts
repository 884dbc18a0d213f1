import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";

interface LockedPackage {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const LOCKFILE = new URL("../../package-lock.json", import.meta.url);

/** Where Node looks for a package's dependency: beside it, then in each folder above. */
function places(path: string, name: string): string[] {
  const levels = path.split("node_modules/");
  return levels.map((_, i) => `${levels.slice(0, levels.length - i).join("node_modules/")}${i === 0 && path !== "" ? "/" : ""}node_modules/${name}`);
}

describe("the lockfile", () => {
  it("holds every package that any system needs, so that npm ci works on all of them", async () => {
    const { packages } = JSON.parse(await readFile(LOCKFILE, "utf8")) as { packages: Record<string, LockedPackage> };
    const missing = Object.entries(packages).flatMap(([path, { dependencies, optionalDependencies }]) =>
      Object.keys({ ...dependencies, ...optionalDependencies })
        .filter((name) => !places(path, name).some((place) => place in packages))
        .map((name) => `${path === "" ? "the project" : path} needs ${name}`),
    );
    expect(missing).toEqual([]);
  });

  it("names no address to download from", async () => {
    expect(await readFile(LOCKFILE, "utf8")).not.toMatch(/"resolved": *"https?:/);
  });
});
