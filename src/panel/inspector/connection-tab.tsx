import { useCallback, type ReactNode } from "react";
import type { ConnectionPage, HeartbeatFacts, LatencyBucket, MessageFacts, Spread } from "../../contract/connection-page.ts";
import type { ConnectionId } from "../../model/units.ts";
import type { Speaker } from "../../words/speaker.ts";
import { leavesKeyboardBeside } from "../controls/leave-keyboard.ts";
import { ObserveClosings } from "../offers/observe-closings.tsx";
import type { PanelSession } from "../state/panel-session.ts";
import { useConnection, useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { FindingList } from "./finding-list.tsx";
import { LatencyDistribution } from "./latency-distribution.tsx";
import { latencyFilter } from "./latency-filter.ts";
import { useFindings } from "./use-findings.ts";
import { useLiveAnswer } from "./use-live-answer.ts";
import { useRowLink } from "./use-row-link.ts";
import "./connection-tab.css";

const MOST_FINDINGS = 20;

/** What is known of one connection altogether. */
export function ConnectionTab({ connection }: { readonly connection: ConnectionId }) {
  const { engine, inspector } = useSession();
  const { words, tell } = useSpeaker();
  const marked = useSelected(inspector, (state) => state.marked);
  const row = useConnection(connection);
  const ask = useCallback((onProgress: (share: number) => void) => engine.run("connectionPage", { connection }, { onProgress }), [engine, connection]);
  const { answer: page, problem, share } = useLiveAnswer(ask, row === undefined ? "" : `${row.frames} ${row.state} ${JSON.stringify(row.ending)} ${marked}`);

  if (problem !== null && page === null) return <p className="inspector-note">{tell(problem)}</p>;
  if (page === null) return share === 0 ? null : <p className="inspector-note">{words("connection.reading", { share })}</p>;
  return <Page page={page} own={connection} isWebSocket={row?.transport === "websocket"} />;
}

function Page({ page, own, isWebSocket }: { readonly page: ConnectionPage; readonly own: ConnectionId; readonly isWebSocket: boolean }) {
  const session = useSession();
  const goToRow = useRowLink();
  const speaker = useSpeaker();
  const { words, tell, figures } = speaker;
  const { startedAt, handshake, open, isOpen, ending, ways, types, otherTypes, latencies, latencyBuckets, slowest, unanswered, firstUnanswered, longestSilence, heartbeats, beginning, note, family, familyBefore, familyBehind, hasUnknownCode } = page;
  const { list } = useFindings({ connection: own, most: MOST_FINDINGS });
  const isAnswered = types.some((type) => type.latencies !== null);
  const hasErrors = types.some(({ errors }) => errors > 0);
  const total = types.reduce((sum, { bytes }) => sum + bytes, 0);
  return (
    <div ref={leavesKeyboardBeside} className="inspector-scroll connection-page" role="region" aria-label={words("connection.name")} tabIndex={0}>
      <Part name={words("connection.life")}>
        <dl>
          {startedAt !== null && <Fact name={words("connection.started")}>{figures.dateTime(startedAt)}</Fact>}
          {handshake !== null && (
            <Fact name={words("connection.handshake")}>
              {figures.duration(handshake)} {isWebSocket && <span className="connection-aside">{words("connection.from-request")}</span>}
            </Fact>
          )}
          {open !== null && <Fact name={words(isOpen ? "connection.open-for" : "connection.was-open")}>{figures.duration(open)}</Fact>}
          {ending !== "" && <Fact name={words("connection.ended")}>{tell(ending)}</Fact>}
          {longestSilence !== null && (
            <Fact name={words("connection.silence")}>
              {figures.duration(longestSilence.lasted)} <Go onClick={() => goToRow(longestSilence.frame)}>{words("connection.until-frame", { n: longestSilence.frame + 1 })}</Go>
            </Fact>
          )}
          {heartbeats !== null && (
            <Fact name={words("connection.heartbeat")}>
              {heartbeatWords(heartbeats, speaker)} <Go onClick={() => goToRow(heartbeats.first)}>{words("connection.from-frame", { n: heartbeats.first + 1 })}</Go>
            </Fact>
          )}
          {note !== null && (
            <Fact name={words("menu.note")}>
              {note.text !== "" && <span className="connection-note">{note.text}</span>}
              <Go onClick={(from) => session.menu.ask({ type: "note", frame: note.frame, text: note.text, from })}>{words(note.text === "" ? "menu.add-note" : "menu.edit-note")}</Go>
            </Fact>
          )}
        </dl>
        {hasUnknownCode && <ObserveClosings />}
      </Part>
      {list !== null && list.total > 0 && (
        <Part name={words("findings.name")}>
          <FindingList items={list.items} isOfOne />
        </Part>
      )}
      <Part name={words("connection.traffic")}>
        <table>
          <thead>
            <tr>
              <td />
              <th scope="col">{words("connection.frames")}</th>
              <th scope="col">{words("connection.bytes")}</th>
              <th scope="col">{words("connection.rate")}</th>
              <th scope="col">{words("connection.sizes")}</th>
            </tr>
          </thead>
          <tbody>
            {ways.map(({ direction, frames, bytes, rate, sizes }) => (
              <tr key={direction}>
                <th scope="row" className={`inspector-${direction}`}>
                  {direction === "sent" ? "↑" : "↓"} {words(`table.${direction}`)}
                </th>
                <td>{figures.count(frames)}</td>
                <td>{figures.bytes(bytes)}</td>
                <td>{rate === null ? "" : figures.rate(rate)}</td>
                <td>{sizes === null ? "" : words("connection.of-sizes", { median: sizes.median, tail: sizes.p95, most: sizes.most })}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Part>
      {types.length > 1 && (
        <Part name={words("connection.types")}>
          <table>
            <thead>
              <tr>
                <td />
                <th scope="col">{words("connection.frames")}</th>
                <th scope="col">{words("connection.bytes")}</th>
                {isAnswered && <th scope="col">{words("connection.answer-times")}</th>}
                {hasErrors && <th scope="col">{words("connection.errors")}</th>}
              </tr>
            </thead>
            <tbody>
              {types.map(({ label, direction, frames, bytes, latencies: taken, slowest: longest, errors }) => (
                <tr key={`${direction} ${label}`}>
                  <th scope="row">
                    <span className={`inspector-${direction}`} aria-label={words(`table.${direction}`)}>
                      {direction === "sent" ? "↑" : "↓"}
                    </span>{" "}
                    <span className="connection-type" title={label}>
                      {label}
                    </span>
                    <i className="connection-share" style={{ width: `${total === 0 ? 0 : (bytes / total) * 100}%` }} />
                  </th>
                  <td>{figures.count(frames)}</td>
                  <td>{figures.bytes(bytes)}</td>
                  {isAnswered && (
                    <td>
                      {taken !== null && longest !== null && (
                        <>
                          {words("connection.of-latencies", { median: taken.median, tail: taken.p95 })} <Go onClick={() => goToRow(longest)}>{figures.duration(taken.most)}</Go>
                        </>
                      )}
                    </td>
                  )}
                  {hasErrors && <td>{errors === 0 ? "" : figures.count(errors)}</td>}
                </tr>
              ))}
            </tbody>
          </table>
          {otherTypes > 0 && <p>{words("connection.other-types", { n: otherTypes })}</p>}
        </Part>
      )}
      {(latencies !== null || unanswered > 0) && (
        <Part name={words("connection.latency")}>
          <p>
            {latencies !== null && spreadWords(latencies, speaker)}
            {unanswered > 0 && firstUnanswered !== null && (
              <>
                {latencies !== null && " · "}
                <Go onClick={() => goToRow(firstUnanswered)}>{words("connection.unanswered", { n: unanswered })}</Go>
              </>
            )}
          </p>
          <LatencyDistribution buckets={latencyBuckets} onSelect={(bucket) => showOnly(session, own, bucket)} />
          <Messages messages={slowest} label={words("connection.slowest")} />
        </Part>
      )}
      {family.length > 0 && (
        <Part name={words("connection.family", { n: familyBefore + family.length + familyBehind })}>
          {familyBefore > 0 && <p>{words("connection.family-before", { n: familyBefore })}</p>}
          <table>
            <tbody>
              {family.map(({ connection, url, openedAt, lasted, waited, ending: how }) => (
                <tr key={connection} aria-current={connection === own} title={url}>
                  <th scope="row">
                    <Go onClick={() => session.chooseConnection(connection, true, true)}>{openedAt === null ? `#${connection}` : figures.time(openedAt)}</Go>
                  </th>
                  <td>{waited === null ? "" : words("connection.after", { ms: waited })}</td>
                  <td>{lasted === null ? "" : figures.duration(lasted)}</td>
                  <td className="connection-how">{tell(how)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {familyBehind > 0 && <p>{words("connection.family-behind", { n: familyBehind })}</p>}
        </Part>
      )}
      {beginning.length > 0 && (
        <Part name={words("connection.beginning")}>
          <Messages messages={beginning} label={words("connection.beginning")} />
        </Part>
      )}
    </div>
  );
}

/** In the place of those that took otherwise. */
function showOnly({ scope, filters }: PanelSession, connection: ConnectionId, bucket: LatencyBucket): void {
  const filter = latencyFilter(scope.store.getState().text, connection, bucket);
  scope.setFilter(filter);
  filters.used(filter);
}

function spreadWords({ count, median, p95, most }: Spread, { words }: Speaker): string {
  return words("connection.latencies", { n: count, median, tail: p95, most });
}

function heartbeatWords({ direction, interval, delay, followed }: HeartbeatFacts, { words }: Speaker): string {
  const every = words("connection.heartbeat-every", { way: direction, interval: interval.median });
  return delay === null ? every : words("connection.heartbeat-answered", { every, answered: delay.count, n: followed, tail: delay.p95 });
}

function Messages({ messages, label }: { readonly messages: readonly MessageFacts[]; readonly label: string }) {
  const goToRow = useRowLink();
  const { words, figures } = useSpeaker();
  return (
    <ol aria-label={label}>
      {messages.map(({ frame, direction, label: type, preview, latency }) => (
        <li key={frame}>
          <Go onClick={() => goToRow(frame)}>#{figures.count(frame + 1)}</Go>
          <span className={`inspector-${direction}`} aria-label={words(`table.${direction}`)}>
            {direction === "sent" ? "↑" : "↓"}
          </span>
          {latency !== null && <b>{figures.duration(latency)}</b>}
          <span className="connection-type">{type}</span>
          <span className="connection-preview">{preview}</span>
        </li>
      ))}
    </ol>
  );
}

function Go({ onClick, children }: { readonly onClick: (from: HTMLElement) => void; readonly children: ReactNode }) {
  return (
    <button type="button" className="connection-go" onClick={({ currentTarget }) => onClick(currentTarget)}>
      {children}
    </button>
  );
}

function Part({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <section>
      <h3>{name}</h3>
      {children}
    </section>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}
