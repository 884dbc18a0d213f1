import { surveyJournal, type JournalSurvey } from "../log/journal-survey.ts";
import type { Look } from "../log/journal-walk.ts";
import type { AppendFile } from "../log/payload-pages.ts";
import { captureStart } from "../model/capture-id.ts";
import { placeOf } from "../model/page-address.ts";
import { byteLength, epochMilliseconds } from "../model/units.ts";
import type { KeptCapture } from "../contract/captures.ts";
import type { CaptureBounds } from "../contract/recording.ts";
import { runInTurns, type TurnEdges } from "./turns.ts";
import { Refusal } from "../model/refusal.ts";
import { say } from "../model/said.ts";

export interface CaptureFiles {
  readonly journal: AppendFile;
  readonly payloads: AppendFile;
  /** When the journal was last written, in milliseconds since 1970. */
  readonly writtenAt: number;
}

/** Who uses a capture: an engine that records it, or one that shows it. */
export type CaptureUse = "recording" | "open";

/** The folder of a capture that is being made of a file. Nobody else uses it, and nothing removes it, until its end. */
export interface NewCapture {
  readonly id: string;
  readonly journal: AppendFile;
  readonly payloads: AppendFile;
  /** What is only needed while it is made. */
  readonly spool: AppendFile;
  /** The last call. All files are closed by it. `removed`: nothing of it stays. */
  end(how: "kept" | "removed"): Promise<void>;
}

/** The folders of all captures: over OPFS in the browser, in memory in tests. Each call may reject with a `Refusal`. */
export interface CaptureFolders {
  ids(): Promise<readonly string[]>;
  create(): Promise<NewCapture>;
  uses(): Promise<ReadonlyMap<string, CaptureUse>>;
  /** Beside whoever writes them; a file that is missing is empty. Whoever opens them closes them. */
  openFiles(id: string): Promise<CaptureFiles>;
  /** What the user put on it, as it stands on disk: perhaps nothing, perhaps damaged. */
  readAbout(id: string): Promise<unknown>;
  writeAbout(id: string, about: About): Promise<void>;
  /** Does `work` while nobody else uses the capture; `in use` where somebody does. */
  alone<T>(id: string, work: () => Promise<T>): Promise<T | "in use">;
  remove(id: string): Promise<void>;
}

/** What the journal of a capture cannot tell: what the user did with it. */
export interface About {
  /** Empty for none. */
  readonly name: string;
  /** It was opened, or its offer dismissed. */
  readonly isSeen: boolean;
}

const LONGEST_NAME = 80;
const LONGEST_PAGE = 300;

/** `about` off the disk: each part that is not valid is as if it had never been written. */
export function readAbout(stored: unknown): About {
  const from = (typeof stored === "object" && stored !== null ? stored : {}) as Partial<Record<keyof About, unknown>>;
  return {
    name: typeof from.name === "string" ? from.name.trim().slice(0, LONGEST_NAME) : "",
    isSeen: from.isSeen === true,
  };
}

/** A capture as it will open, found out once as long as its files are as long. */
interface Checked {
  readonly journal: number;
  readonly payloads: number;
  readonly survey: JournalSurvey;
}

/**
 * The captures on this disk. What is told of one is counted from its journal each time, so it is true after a crash too;
 * only the user's name for it stands beside it.
 */
export class KeptCaptures {
  readonly #folders: CaptureFolders;
  readonly #own: () => string;
  readonly #edges: TurnEdges;
  readonly #checked = new Map<string, Checked>();
  readonly #dismissed = new Set<string>();

  /** `own`: the capture that this engine records or shows, and for which it works between the turns of a long answer. */
  constructor(folders: CaptureFolders, own: () => string, edges: TurnEdges) {
    this.#folders = folders;
    this.#own = own;
    this.#edges = edges;
  }

  /**
   * One after the other, those that began last first; without those that hold nothing. Cost: a read of a hundred bytes for each block of each journal; one
   * that is offered is read whole, once: the offer names what will open.
   */
  async *list(): AsyncGenerator<KeptCapture> {
    const uses = await this.#folders.uses();
    const ids = await this.#folders.ids();
    for (const id of ids.toSorted((a, b) => (captureStart(b) ?? 0) - (captureStart(a) ?? 0))) {
      const read = await this.#read(id, uses.get(id), "check offers");
      if (read !== undefined && (!read.isEmpty || uses.get(id) === "recording" || id === this.#own())) yield read.capture;
    }
  }

  /** The user's name for the capture that this engine records or shows; empty for none. */
  async ownName(): Promise<string> {
    return (await this.#about(this.#own())).name;
  }

  async rename(id: string, name: string): Promise<void> {
    await this.#change(id, { name });
  }

  /** The user has seen it: it is offered no more here, and nowhere once that is written, which a full disk refuses. */
  async dismiss(id: string): Promise<void> {
    this.#dismissed.add(id);
    try {
      await this.#change(id, { isSeen: true });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }

  async remove(id: string): Promise<void> {
    const removed = await this.#folders.alone(id, () => this.#folders.remove(id));
    if (removed === "in use") throw new Refusal(say("engine.delete-in-use"));
  }

  /**
   * Removes what holds nothing, then the oldest until the rest is within the bounds; never what anybody uses. Answers false
   * where a folder could not be read or removed at this moment, as while it is listed: it is to be tried again.
   */
  async applyBounds(bounds: CaptureBounds): Promise<boolean> {
    const uses = await this.#folders.uses();
    const idle: KeptCapture[] = [];
    let bytes = 0;
    let isDone = true;
    for (const id of await this.#folders.ids()) {
      const read = await this.#read(id, uses.get(id), "by heads");
      if (read === undefined) isDone &&= uses.has(id);
      else if (uses.has(id)) bytes += read.capture.bytes;
      else if (read.isEmpty) isDone = (await this.#removeIdle(id)) && isDone;
      else idle.push(read.capture);
    }
    const newestFirst = idle.toSorted((a, b) => b.startedAt - a.startedAt);
    let isFull = false;
    for (const [place, capture] of newestFirst.entries()) {
      bytes += capture.bytes;
      isFull ||= place >= bounds.captures || bytes > bounds.bytes;
      if (isFull) isDone = (await this.#removeIdle(capture.id)) && isDone;
    }
    return isDone;
  }

  /** False for one that is opened or cannot be removed at this moment. */
  async #removeIdle(id: string): Promise<boolean> {
    return await this.#folders.alone(id, () => this.#folders.remove(id)).then((removed) => removed !== "in use", () => false);
  }

  async #change(id: string, part: Partial<About>): Promise<void> {
    await this.#folders.writeAbout(id, readAbout({ ...(await this.#about(id)), ...part }));
  }

  async #about(id: string): Promise<About> {
    return readAbout(await this.#folders.readAbout(id).catch(() => undefined));
  }

  /** Undefined where the folder went meanwhile, or holds no files that can be opened. */
  async #read(id: string, use: CaptureUse | undefined, how: "check offers" | "by heads"): Promise<{ readonly capture: KeptCapture; readonly isEmpty: boolean } | undefined> {
    const files = await this.#folders.openFiles(id).catch(() => undefined);
    if (files === undefined) return undefined;
    try {
      const { journal, payloads, writtenAt } = files;
      const { name, isSeen } = await this.#about(id);
      const byHeads = await this.#survey(journal, payloads, "heads");
      const state = this.#stateOf(id, use, byHeads);
      const isOffered = state === "cut off" && !isSeen && !this.#dismissed.has(id) && byHeads.frames > 0;
      const survey = isOffered && how === "check offers" ? await this.#check(id, journal, payloads) : byHeads;
      const capture: KeptCapture = {
        id,
        name,
        startedAt: captureStart(id) ?? epochMilliseconds(writtenAt),
        writtenAt: epochMilliseconds(writtenAt),
        page: placeOf(survey.pageUrl ?? "").slice(0, LONGEST_PAGE),
        frames: survey.frames,
        connections: survey.connections,
        bytes: byteLength(journal.size + payloads.size),
        state,
        // Of one that is being written, the last block may be seen in part.
        damaged: use === "recording" ? 0 : survey.damaged,
        problem: use === "recording" ? null : (survey.problem ?? null),
        isOffered,
      };
      return { capture, isEmpty: isEmpty(survey) };
    } finally {
      files.journal.close();
      files.payloads.close();
    }
  }

  async #check(id: string, journal: AppendFile, payloads: AppendFile): Promise<JournalSurvey> {
    const known = this.#checked.get(id);
    if (known?.journal === journal.size && known.payloads === payloads.size) return known.survey;
    const sizes = { journal: journal.size, payloads: payloads.size };
    const survey = await this.#survey(journal, payloads, "whole");
    this.#checked.set(id, { ...sizes, survey });
    return survey;
  }

  #survey(journal: AppendFile, payloads: AppendFile, look: Look): Promise<JournalSurvey> {
    return runInTurns(surveyJournal(journal, payloads, look), () => {}, this.#edges);
  }

  #stateOf(id: string, use: CaptureUse | undefined, { hasEnded }: JournalSurvey): KeptCapture["state"] {
    switch (use) {
      case "recording":
        return id === this.#own() ? "running here" : "running elsewhere";
      case "open":
        return id === this.#own() ? "open here" : "open elsewhere";
      case undefined:
        return hasEnded ? "ended" : "cut off";
    }
  }
}

/** A page on which no socket opened leaves navigations at most; a cleared capture may know connections without a row. */
const isEmpty = ({ rows, frames, connections, problem }: JournalSurvey): boolean =>
  problem === undefined && frames === 0 && (rows === 0 || connections === 0);
