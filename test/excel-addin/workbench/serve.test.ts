import { X509Certificate } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { get, type RequestOptions, request } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { localhostCertificate } from "../../../excel-addin/workbench/certificate";
import { serveWorkbench, type WorkbenchServer } from "../../../excel-addin/workbench/serve";

let folder: string;
let api: Server;
let server: WorkbenchServer;

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

const ask = (pathname: string, options: RequestOptions = {}, body?: string): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const address = { host: "localhost", port: server.port, path: pathname, rejectUnauthorized: false, ...options };
    const sent = request(address, (response) => {
      let text = "";
      response.on("data", (part) => (text += part));
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, type: response.headers["content-type"] ?? "", body: text }),
      );
    });
    sent.on("error", reject);
    sent.end(body);
  });

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "billgrid-serve-"));
  const dist = path.join(folder, "dist");
  await mkdir(path.join(dist, "assets"), { recursive: true });
  await writeFile(path.join(dist, "workbench.html"), "<title>Workbench</title>");
  await writeFile(path.join(folder, "secret.txt"), "secret");
  await writeFile(path.join(folder, "manifest.xml"), "<OfficeApp/>");
  api = createServer((incoming, response) => {
    let body = "";
    incoming.on("data", (part) => (body += part));
    incoming.on("end", () =>
      response.writeHead(207, { "content-type": "application/json" }).end(JSON.stringify({ url: incoming.url, body })),
    );
  });
  new WebSocketServer({ server: api, path: "/graphql" }).on("connection", (socket) => {
    socket.on("message", (message) => socket.send(`echo ${String(message)}`));
  });
  await new Promise<void>((resolve) => api.listen(0, "127.0.0.1", resolve));
  const { port } = api.address() as AddressInfo;
  server = await serveWorkbench({
    apiUrl: `http://127.0.0.1:${port}`,
    distDir: dist,
    cacheDir: folder,
    manifestFile: path.join(folder, "manifest.xml"),
  });
});

afterAll(async () => {
  await server.close();
  api.closeAllConnections();
  await new Promise((resolve) => api.close(resolve));
  await rm(folder, { recursive: true, force: true });
});

it("serves the workbench, the manifest and Office.js of the installed package", async () => {
  expect(await ask("/")).toMatchObject({ status: 200, body: "<title>Workbench</title>" });
  expect(await ask("/manifest.xml")).toMatchObject({ status: 200, type: "application/xml; charset=utf-8" });
  const office = await ask("/office-js/office.js");
  expect([office.status, office.type]).toEqual([200, "text/javascript; charset=utf-8"]);
  expect(office.body).toContain("Office");
});

it.each([
  "/../secret.txt",
  "/%2e%2e/secret.txt",
  "/..%2fsecret.txt",
  "/office-js/../../package.json",
  "/assets",
  "/nothing.js",
  "/%zz",
  "//[",
])("gives nothing away at %s", async (pathname) => {
  expect((await ask(pathname)).status).toBe(404);
});

it("takes no other method for a file than GET and HEAD", async () => {
  expect((await ask("/workbench.html", { method: "POST" }, "x")).status).toBe(405);
});

it("hands GraphQL, documents and health on to the server, and nothing else", async () => {
  const asked = await ask(
    "/graphql?x=1",
    { method: "POST", headers: { "content-type": "application/json" } },
    '{"query":"{a}"}',
  );
  expect(asked.status).toBe(207);
  expect(JSON.parse(asked.body)).toEqual({ url: "/graphql?x=1", body: '{"query":"{a}"}' });
  expect(JSON.parse((await ask("/documents/INV-1.pdf")).body)).toMatchObject({ url: "/documents/INV-1.pdf" });
  expect((await ask("/graphqlx")).status).toBe(404);
});

it("hands subscriptions on", async () => {
  const socket = new WebSocket(`wss://localhost:${server.port}/graphql`, { rejectUnauthorized: false });
  const answer = await new Promise((resolve, reject) => {
    socket.on("error", reject);
    socket.on("open", () => socket.send("hello"));
    socket.on("message", (message) => resolve(String(message)));
  });
  socket.close();
  expect(answer).toBe("echo hello");
});

it("says so when the server does not answer", async () => {
  const lonely = await serveWorkbench({ apiUrl: "http://127.0.0.1:9", distDir: folder, cacheDir: folder });
  const answer = await ask("/graphql", { port: lonely.port, method: "POST" }, "{}");
  await lonely.close();
  expect([answer.status, JSON.parse(answer.body)]).toEqual([
    502,
    { errors: [{ message: "The Billgrid server does not answer." }] },
  ]);
});

it("is reached only from this machine", () => {
  expect(server.url).toBe(`https://localhost:${server.port}/workbench.html`);
});

it("has a certificate for localhost, kept until it is about to expire", async () => {
  const now = new Date("2026-10-31T12:00:00Z");
  const cache = path.join(folder, "certificates");
  const first = await localhostCertificate(cache, now);
  const certificate = new X509Certificate(first.cert);
  expect(certificate.subjectAltName).toContain("DNS:localhost");
  expect(certificate.checkHost("localhost")).toBe("localhost");
  expect(certificate.verify(certificate.publicKey)).toBe(true);
  expect(new Date(certificate.validTo).getUTCFullYear()).toBe(2027);
  expect(await localhostCertificate(cache, new Date("2027-10-01T12:00:00Z"))).toEqual(first);
  expect((await localhostCertificate(cache, new Date("2027-10-31T11:00:00Z"))).cert).not.toBe(first.cert);
});

it("is trusted by whoever trusts its certificate", async () => {
  const { cert } = await localhostCertificate(folder);
  const status = await new Promise((resolve, reject) => {
    get({ host: "localhost", port: server.port, path: "/", ca: cert }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).on("error", reject);
  });
  expect(status).toBe(200);
});
