/** The list of the page's connections: state, counts and what happened last. */
import { byId, drawnSoon, make } from "./dom.mjs";

/** @typedef {import("./reconnecting-socket.mjs").Report} Report */

/**
 * Adds a connection and returns what reports its changes. The list is redrawn a few times a second.
 * @param {string} name
 * @param {string} path
 * @returns {(report: Report) => void}
 */
export function listConnection(name, path) {
  const note = make("small");
  const counts = make("span", { className: "quiet" });
  const item = make("li", {}, [make("i"), make("span", {}, [name, " ", make("span", { className: "quiet", textContent: path })]), counts, note]);
  byId("connections", HTMLUListElement).append(item);
  const total = { sent: 0, received: 0 };
  const draw = () => {
    counts.textContent = `↑ ${total.sent.toLocaleString("en")}  ↓ ${total.received.toLocaleString("en")}`;
  };
  draw();
  const drawSoon = drawnSoon(draw);
  return (report) => {
    total.sent += report.sent ?? 0;
    total.received += report.received ?? 0;
    if (report.state !== undefined) item.dataset["state"] = report.state;
    if (report.note !== undefined) note.textContent = report.note;
    drawSoon();
  };
}
