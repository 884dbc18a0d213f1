/** ASCII's record separator, which ends each record of SignalR's JSON. */
export const RECORD_SEPARATOR = 0x1e;
