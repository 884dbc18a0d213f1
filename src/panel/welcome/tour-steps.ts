/** What the tour tells of, in this order. `at`: selectors, of which the first that is there is pointed at. */
export const TOUR_STEPS = [
  { id: "connections", at: [".panes .connections", ".connections-trigger"] },
  { id: "frames", at: [".frames-table"] },
  { id: "filter", at: [".filter"] },
  { id: "inspector", at: [".inspector", ".frames-table"] },
  { id: "keys", at: ['.top-bar [aria-haspopup="menu"].button-menu', ".top-bar"] },
] as const satisfies readonly { readonly id: string; readonly at: readonly string[] }[];

export type TourStep = (typeof TOUR_STEPS)[number];
