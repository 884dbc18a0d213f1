import type { TargetType } from "../../model/connection.ts";
import type { OpeningPlace } from "../../model/own-connection.ts";
import type { Session } from "../attach/target-tree.ts";
import type { DebuggerApi, DebugSource } from "../debugger-api.ts";
import { readFrameTree } from "../sources/cdp-events.ts";

/** A target of the tab, and what it is. */
export interface OpeningTarget {
  readonly source: DebugSource;
  readonly session: Session;
  readonly type: TargetType;
  readonly url: string;
  readonly isPage: boolean;
}

/** Whose place is sought: a connection was opened by this target, and its handshake had this Origin. */
export interface SoughtPlace {
  readonly targetKey: string | null;
  readonly origin: string | null;
}

/** Documents are asked for at once; a target that is gone, or does not answer, has none. */
export async function openingPlaces(api: DebuggerApi, targets: readonly OpeningTarget[], { targetKey, origin }: SoughtPlace): Promise<{ readonly places: readonly OpeningPlace[]; readonly chosen: number }> {
  const found = await Promise.all(targets.map((target) => placesIn(api, target)));
  const all = found.flat();
  const own = all.filter(({ key }) => key === targetKey);
  const chosen = own.find((one) => origin !== null && one.origin === origin) ?? own[0];
  return { places: all.map(({ place }) => place), chosen: chosen === undefined ? 0 : all.indexOf(chosen) };
}

interface Found {
  readonly place: OpeningPlace;
  readonly key: string;
  readonly origin: string | null;
}

async function placesIn(api: DebuggerApi, { source, session, type, url, isPage }: OpeningTarget): Promise<Found[]> {
  if (!isPage) return [{ place: { session: session.key, frame: null, type, url }, key: session.targetKey, origin: null }];
  const frames = readFrameTree(await api.send(source, "Page.getFrameTree").catch(() => undefined));
  return frames.map((frame, i) => ({ place: { session: session.key, frame: frame.id, type: i === 0 ? type : "frame", url: frame.url }, key: session.targetKey, origin: frame.origin }));
}
