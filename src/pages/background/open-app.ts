import { appAddressOf, isAppOf } from "../app/app-address.ts";

export interface AppPage {
  readonly tabId: number;
  readonly url: string;
}

export interface OpenAppEdges {
  /** The extension's own pages that stand in tabs. */
  readonly pages: () => Promise<readonly AppPage[]>;
  readonly focus: (tabId: number) => Promise<void>;
  readonly create: (address: string) => Promise<void>;
  /** Shows on the button that it could not do its work, and what Chrome says of it; null: it could. */
  readonly tell: (problem: string | null) => Promise<void>;
}

/** Shows the app page that captures a tab: the one that is open, or a new one. Never rejects. */
export async function openApp(tabId: number, { pages, focus, create, tell }: OpenAppEdges): Promise<void> {
  try {
    const open = (await pages()).find(({ url }) => isAppOf(url, tabId));
    await (open === undefined ? create(appAddressOf(tabId)) : focus(open.tabId));
    await tell(null);
  } catch (error) {
    await tell(error instanceof Error ? error.message : String(error)).catch(() => {});
  }
}
