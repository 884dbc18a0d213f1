import { mkdtempSync, statSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { framescopeCapture } from "../../format/exports/framescope-capture.ts";
import { Refusal } from "../../model/refusal.ts";
import { say } from "../../model/said.ts";
import { STANDARD, type CommandContext } from "../command.ts";
import { exportTo } from "../export-to.ts";
import type { KeptEngine } from "../kept-engine.ts";
import { whenDecoded, whenOpened } from "../looking.ts";
import { openInput, type OpenInput } from "../open-input.ts";
import { toldBy } from "../told-by.ts";
import { makeUnfinished } from "../unfinished.ts";

/**
 * What an agent may look at: the files that the command was started with; where it was started with none, those that the
 * agent names. Each is opened when it is first asked for.
 */
export class OpenCaptures {
  readonly mayOpen: boolean;
  readonly withSecrets: boolean;
  readonly #files: string[];
  readonly #context: CommandContext;
  readonly #opened = new Map<number, Promise<OpenInput>>();
  /** The same as they are, of those for which that was asked. */
  readonly #unmasked = new Map<number, Promise<OpenInput>>();
  /** Each capture answers one question after another: a filter is a view's own. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(files: readonly string[], withSecrets: boolean, context: CommandContext) {
    this.mayOpen = files.length === 0;
    this.#files = [...files];
    this.withSecrets = withSecrets;
    this.#context = context;
  }

  get files(): readonly string[] {
    return this.#files;
  }

  /** Answers its number. Rejects with a `Refusal` where it is no capture. */
  async add(path: string): Promise<number> {
    const known = this.#files.indexOf(path);
    if (known >= 0) return known + 1;
    expectFile(path);
    const capture = this.#files.push(path);
    try {
      return await this.ask(capture, () => Promise.resolve(capture));
    } catch (error) {
      // Its number is nobody's then.
      if (this.#files.length === capture) this.#files.pop();
      throw error;
    }
  }

  /** What is asked of a capture, by its number from 1; its secrets are masked unless the one who started this says otherwise. */
  ask<Answer>(capture: number, question: (engine: KeptEngine) => Promise<Answer>): Promise<Answer> {
    return this.#inTurn(async () => await question(await this.#engineOf(capture)));
  }

  /** The same of two captures at once, which may be the same one. */
  askBoth<Answer>(one: number, other: number, question: (one: KeptEngine, other: KeptEngine) => Promise<Answer>): Promise<Answer> {
    return this.#inTurn(async () => await question(await this.#engineOf(one), await this.#engineOf(other)));
  }

  /** The same of the capture as it is, for what masks by itself; beside it, the one that is masked. */
  askUnmasked<Answer>(capture: number, question: (engine: KeptEngine, masked: KeptEngine) => Promise<Answer>): Promise<Answer> {
    return this.#inTurn(async () => {
      const masked = await this.#engineOf(capture);
      if (this.withSecrets) return await question(masked, masked);
      const { engine } = await once(this.#unmasked, capture, () => this.#open(this.#pathOf(capture)));
      return await question(engine, masked);
    });
  }

  nameOf(capture: number): string {
    return basename(this.#pathOf(capture));
  }

  async end(): Promise<void> {
    await Promise.all([...this.#opened.values(), ...this.#unmasked.values()].map((opened) => opened.then(({ end }) => end(), () => {})));
  }

  #inTurn<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    const answer = this.#last.then(work);
    this.#last = answer.catch(() => {});
    return answer;
  }

  async #engineOf(capture: number): Promise<KeptEngine> {
    const path = this.#pathOf(capture);
    const { engine } = await once(this.#opened, capture, () => (this.withSecrets ? this.#open(path) : this.#openMasked(path)));
    return engine;
  }

  #pathOf(capture: number): string {
    const path = this.#files[capture - 1];
    if (path === undefined) throw new Refusal(say("node.mcp-no-capture", { capture, count: this.#files.length }));
    return path;
  }

  async #open(path: string): Promise<OpenInput> {
    const input = await openInput(path, this.#context);
    await whenOpened(input.engine, this.#context);
    await whenDecoded(input.engine, this.#context);
    return input;
  }

  /** Written once as an export writes it, with its secrets masked, and read from there: so nothing that is answered can hold one. */
  async #openMasked(path: string): Promise<OpenInput> {
    const folder = makeUnfinished(() => mkdtempSync(join(tmpdir(), "framescope-masked-")), String);
    const masked = join(folder, "capture.framescope");
    try {
      const input = await openInput(path, this.#context, { exports: exportTo(masked, this.#context.io), version: this.#context.version });
      try {
        await whenOpened(input.engine, this.#context);
        await input.engine.call("export", { format: framescopeCapture.id, scope: "all", sensitive: false });
      } finally {
        await input.end();
      }
      return await this.#open(masked);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}

/** Opens it when it is first asked for. */
function once(opened: Map<number, Promise<OpenInput>>, capture: number, open: () => Promise<OpenInput>): Promise<OpenInput> {
  const known = opened.get(capture);
  if (known !== undefined) return known;
  const opening = open();
  opened.set(capture, opening);
  // What could not be opened may be there the next time.
  opening.catch(() => opened.delete(capture));
  return opening;
}

/** Throws a `Refusal` where nothing is there, or neither a file nor a folder: the standard input is the agent's own line, and a pipe or a device may never end. */
export function expectFile(path: string): void {
  if (path === STANDARD) throw new Refusal(say("node.no-input", { path, why: say("node.mcp-no-file") }));
  try {
    const found = statSync(path);
    if (found.isFile() || found.isDirectory()) return;
  } catch (error) {
    throw new Refusal(say("node.no-input", { path, why: toldBy(error) }), { cause: error });
  }
  throw new Refusal(say("node.no-input", { path, why: say("node.mcp-no-file") }));
}
