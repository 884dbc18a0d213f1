import type { NetworkEffect, RuleScope } from "../model/network-rule.ts";
import type { OutgoingClose, OutgoingMessage } from "../model/outgoing-message.ts";
import type { OpeningPlace, OwnConnection } from "../model/own-connection.ts";
import type { Told } from "../model/said.ts";
import type { StoredValue } from "../model/stored-value.ts";
import type { RuleActions } from "./rules.ts";
import type { ConnectionId, FrameIndex } from "../model/units.ts";

/** What a view has the capture do with connections that are open, over the wire to the capture. Each is answered, or refused in words. */
export interface LiveCalls extends RuleActions {
  /**
   * Finds out which of the page's sockets the connection is, so that it can be sent on: answered once that is certain,
   * which is when it next speaks. `mayStandStill`: looks through the page's memory at once, and the page stands still for it.
   */
  reach(query: { readonly connection: ConnectionId; readonly mayStandStill: boolean }): null;
  /** The view does not send on it any more. */
  letGo(query: { readonly connection: ConnectionId }): null;
  /** Sends a message on a connection that was reached. `madeFrom`: the row that is sent again; null for none. */
  send(query: { readonly connection: ConnectionId; readonly message: OutgoingMessage; readonly madeFrom: FrameIndex | null }): null;
  /** Several, in their order, as a transcript has them; `madeFrom` as above. */
  sendSeveral(query: { readonly connection: ConnectionId; readonly messages: readonly { readonly message: OutgoingMessage; readonly madeFrom: FrameIndex | null }[] }): null;
  /** Has the listeners of a connection that was reached get a message, which never goes over the wire. */
  receive(query: { readonly connection: ConnectionId; readonly message: OutgoingMessage }): null;
  /**
   * From where a connection can be opened. `chosen`: the place of one that was opened by the target `targetKey` with this
   * Origin, as far as that is there yet; else the tab's page.
   */
  openingPlaces(query: { readonly targetKey: string | null; readonly origin: string | null }): { readonly places: readonly OpeningPlace[]; readonly chosen: number };
  /** Opens a connection as the page would, which is then reached. */
  connect(query: OwnConnection): { readonly connection: ConnectionId };
  /** Keeps a value, as JSON, in a global variable of the tab's page; answers the variable's name. */
  keepGlobal(query: { readonly json: string }): { readonly name: string };
  /** What the browser holds for the document of a connection, or where that is gone for the tab's page: cookies of the page, its storages. */
  storedValues(query: { readonly connection: ConnectionId }): readonly StoredValue[];
  /** Does this to all connections that the scope meets, open and new; null: no longer. Told as `network rules`. */
  setRule(query: { readonly scope: RuleScope; readonly effect: NetworkEffect | null }): null;
  /** How many open connections a scope meets. */
  countMet(query: { readonly scope: RuleScope }): { readonly connections: number };
  /** Lifts all rules. */
  liftRules(query: null): null;
  /** Ends one that was reached as a lost network would: 1006 for the page. */
  endAbnormally(query: { readonly connection: ConnectionId }): null;
  /** Closes one that was reached. */
  close(query: { readonly connection: ConnectionId } & OutgoingClose): null;
}

export type LiveCallName = keyof LiveCalls;

export type LiveCall = {
  [Name in LiveCallName]: { readonly type: "live"; readonly id: number; readonly name: Name; readonly argument: Parameters<LiveCalls[Name]>[0] };
}[LiveCallName];

export type LiveAnswerValue = ReturnType<LiveCalls[LiveCallName]>;

export type LiveAnswer =
  | { readonly type: "live answer"; readonly id: number; readonly value: LiveAnswerValue }
  | { readonly type: "live refused"; readonly id: number; readonly why: Told };
