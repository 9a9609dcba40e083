import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { ApiError } from "../../../excel-addin/api/api-error";
import { graphqlClient, isCancelled } from "../../../excel-addin/api/graphql-client";
import { SignOutDocument } from "../../../schema/generated/operations";

let server: Server | undefined;

afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(null)));
  server = undefined;
});

/** An endpoint that misbehaves as told, over real HTTP. */
async function endpoint(listener: RequestListener): Promise<string> {
  const started = createServer(listener);
  server = started;
  await new Promise<void>((resolve) => started.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(started.address() as AddressInfo).port}/graphql`;
}

const answering = (status: number, body: unknown) =>
  endpoint((_request, response) => {
    response.writeHead(status, { "content-type": "application/json" });
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  });

const signedOut = { data: { signOut: { signedOut: true } } };
const refusal = (code: string, message = "from the server") => ({ errors: [{ message, extensions: { code } }] });

async function failureOf(url: string, options: { signal?: AbortSignal; timeoutMs?: number } = {}): Promise<ApiError> {
  const client = graphqlClient({ url, token: () => "token" });
  const failure = await client.request(SignOutDocument, {}, options).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(failure instanceof ApiError)) throw new Error(`Not an ApiError: ${String(failure)}`);
  return failure;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const chunk of request) body += chunk;
  return body;
}

describe("the GraphQL client of the pane", () => {
  it("sends document, variables and token, and answers the data", async () => {
    const seen: unknown[] = [];
    const url = await endpoint(async (request, response) => {
      seen.push(request.headers.authorization, JSON.parse(await bodyOf(request)));
      response.end(JSON.stringify(signedOut));
    });
    expect(await graphqlClient({ url, token: () => "secret" }).request(SignOutDocument, {})).toEqual(signedOut.data);
    expect(seen).toEqual(["Bearer secret", { query: SignOutDocument.toString(), variables: {} }]);
  });

  it("says in plain words that the server cannot be reached, and that trying again may help", async () => {
    const url = await answering(200, signedOut);
    await new Promise((resolve) => server?.close(resolve));
    const failure = await failureOf(url);
    expect([failure.code, failure.isRetryable]).toEqual(["OFFLINE", true]);
    expect(failure.message).toBe(
      "Billgrid cannot be reached. Check the network, then try again. Nothing in the sheet was changed.",
    );
  });

  it.each([
    [401, "UNAUTHENTICATED", false],
    [403, "FORBIDDEN", false],
    [429, "THROTTLED", true],
    [502, "OFFLINE", true],
    [503, "OFFLINE", true],
  ])("takes the status %i for %s", async (status, code, isRetryable) => {
    const failure = await failureOf(await answering(status, "<html>proxy</html>"));
    expect([failure.code, failure.isRetryable]).toEqual([code, isRetryable]);
  });

  it.each([
    ["UNAUTHENTICATED", "UNAUTHENTICATED", "Your session has ended. Sign in again to go on."],
    ["FORBIDDEN", "FORBIDDEN", "Your role does not allow this. Ask an administrator of your organization."],
    ["INTERNAL_SERVER_ERROR", "SERVER_FAILED", "Something went wrong in Billgrid. from the server"],
    ["BAD_USER_INPUT", "REFUSED", "from the server"],
  ])("takes the error code %s for %s", async (serverCode, code, message) => {
    const failure = await failureOf(await answering(200, refusal(serverCode)));
    expect([failure.code, failure.serverCode, failure.message]).toEqual([code, serverCode, message]);
  });

  it.each(["", "not json", "[]", '{"data":null}'])("does not guess what %j means", async (body) => {
    expect((await failureOf(await answering(200, body))).code).toBe("MALFORMED");
  });

  it("gives up on a server that does not answer", async () => {
    const failure = await failureOf(await endpoint(() => {}), { timeoutMs: 20 });
    expect([failure.code, failure.isRetryable]).toEqual(["TIMEOUT", true]);
  });

  it("stops when asked to, and does not call that a failure to show", async () => {
    const controller = new AbortController();
    const failure = await failureOf(await endpoint(() => controller.abort()), { signal: controller.signal });
    expect(isCancelled(failure)).toBe(true);
    expect(isCancelled(await failureOf(await answering(200, signedOut), { signal: AbortSignal.abort() }))).toBe(true);
  });

  it("waits for a new session and sends the request once more with the new token", async () => {
    const url = await endpoint((request, response) => {
      const isNew = request.headers.authorization === "Bearer new";
      response.end(JSON.stringify(isNew ? signedOut : refusal("UNAUTHENTICATED")));
    });
    let token = "old";
    let renewals = 0;
    const client = graphqlClient({
      url,
      token: () => token,
      renewSession: async () => {
        renewals += 1;
        token = "new";
      },
    });
    expect(await client.request(SignOutDocument, {})).toEqual(signedOut.data);
    expect(renewals).toBe(1);
  });

  it("does not ask to sign in again while nobody is signed in", async () => {
    const client = graphqlClient({
      url: await answering(200, refusal("UNAUTHENTICATED")),
      token: () => null,
      renewSession: () => Promise.reject(new Error("asked for a session")),
    });
    await expect(client.request(SignOutDocument, {})).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  });
});
