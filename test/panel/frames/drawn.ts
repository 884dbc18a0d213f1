import { createElement, type ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import type { PanelSession } from "../../../src/panel/state/panel-session.ts";
import { SessionContext } from "../../../src/panel/state/session-context.ts";
import { SpeakerContext } from "../../../src/panel/state/speaker-context.ts";
import { en } from "../../words/speakers.ts";

/** What a part of the panel draws at first, in English, over the stores that it reads. */
export const drawn = (part: ReactElement, session: unknown = null): string =>
  renderToStaticMarkup(createElement(SessionContext, { value: session as PanelSession | null }, createElement(SpeakerContext, { value: en }, part)));
