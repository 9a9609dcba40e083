import { describe, expect, it, test } from "vitest";
import { readEnvironment } from "../../../server/environment";
import { clientAddress, isSameOrigin } from "../../../server/platform/visitor";

const from = (remoteAddress: string, headers: Record<string, string> = {}) =>
  ({ headers, socket: { remoteAddress } }) as unknown as Parameters<typeof clientAddress>[0];

describe("the address of a visitor", () => {
  it("is the other end of the socket, as people write it", () => {
    expect(clientAddress(from("::ffff:192.0.2.7"), false)).toBe("192.0.2.7");
    expect(clientAddress(from("2001:db8::7"), false)).toBe("2001:db8::7");
    expect(clientAddress(from("192.0.2.7", { "x-forwarded-for": "203.0.113.9" }), false)).toBe("192.0.2.7");
  });

  it("is what our own proxy added last, where there is one", () => {
    expect(clientAddress(from("10.0.0.1", { "x-forwarded-for": "6.6.6.6, 203.0.113.9" }), true)).toBe("203.0.113.9");
    expect(clientAddress(from("10.0.0.1"), true)).toBe("10.0.0.1");
  });
});

describe("a form", () => {
  const publicUrl = "https://quotes.example.com";
  const comes = (headers: Record<string, string>) =>
    isSameOrigin({ headers: { host: "localhost:4000", ...headers } }, publicUrl);

  it("comes from this page where the browser says so, or says nothing", () => {
    expect(comes({ "sec-fetch-site": "same-origin", origin: "null" })).toBe(true);
    expect(comes({ origin: "https://quotes.example.com" })).toBe(true);
    expect(comes({ origin: "http://localhost:4000" })).toBe(true);
    expect(comes({})).toBe(true);
  });

  it("comes from elsewhere where the browser says so", () => {
    for (const site of ["cross-site", "same-site", "none"]) expect(comes({ "sec-fetch-site": site })).toBe(false);
    expect(comes({ origin: "https://evil.example" })).toBe(false);
    expect(comes({ origin: "not an origin" })).toBe(false);
  });
});

test("the public address and the proxy are said by the environment", () => {
  expect(readEnvironment({})).toMatchObject({ publicUrl: null, trustProxy: false });
  const variables = { PUBLIC_URL: "https://quotes.example.com/", TRUST_PROXY: "true" };
  expect(readEnvironment(variables)).toMatchObject({ publicUrl: "https://quotes.example.com", trustProxy: true });
  expect(() => readEnvironment({ PUBLIC_URL: "quotes.example.com" })).toThrow(/PUBLIC_URL/);
  expect(() => readEnvironment({ TRUST_PROXY: "yes" })).toThrow(/TRUST_PROXY/);
});
