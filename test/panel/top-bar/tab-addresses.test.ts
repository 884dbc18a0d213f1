import { describe, expect, it } from "vitest";
import { tabAddresses } from "../../../src/panel/top-bar/tab-addresses.ts";

const tab = (title: string, url: string) => ({ id: 1, title, url });

describe("the addresses in the list of tabs", () => {
  it("are host and path where no other tab has the name", () => {
    expect(tabAddresses([tab("Orders", "https://shop.test/orders?day=5"), tab("Chat", "https://shop.test/")])).toEqual(["shop.test/orders", "shop.test"]);
  });

  it("tell equal names of one host apart by path and query", () => {
    expect(tabAddresses([tab("Desk", "https://shop.test/desk?room=1"), tab("Chat", "https://chat.test/"), tab("Desk", "https://shop.test/desk?room=2")])).toEqual([
      "/desk?room=1",
      "chat.test",
      "/desk?room=2",
    ]);
  });

  it("keep the host where equal names stand on several", () => {
    expect(tabAddresses([tab("Desk", "https://a.test/?x=1"), tab("Desk", "https://b.test/?x=1")])).toEqual(["a.test?x=1", "b.test?x=1"]);
  });

  it("are told of anything a tab may show", () => {
    expect(tabAddresses([tab("", "about:blank"), tab("", "about:blank"), tab("Odd", "::"), tab("Odd", "::")])).toEqual(["blank", "blank", "", ""]);
  });
});
