import { createReadStream, existsSync } from "node:fs";
import { stat } from "node:fs/promises";
import { request as httpRequest, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer } from "node:https";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import path from "node:path";
import type { Duplex } from "node:stream";
import { localhostCertificate } from "./certificate";

const require = createRequire(import.meta.url);

export interface WorkbenchServerOptions {
  /** 0 or nothing: any free port. */
  readonly port?: number;
  /** The GraphQL server, such as `http://127.0.0.1:4000`. */
  readonly apiUrl: string;
  /** What `vite build --mode workbench` made. */
  readonly distDir: string;
  /** Where the certificate is kept. */
  readonly cacheDir: string;
  /** The add-in's manifest, whose buttons the ribbon shows. */
  readonly manifestFile?: string;
}

export interface WorkbenchServer {
  /** Address of the workbench itself. */
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/** Handed on to the API, so that the pane has everything under one address. */
const API_PATHS = ["/graphql", "/documents", "/healthz", "/readyz"];

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".map": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".wasm": "application/wasm",
  ".xml": "application/xml; charset=utf-8",
  ".woff2": "font/woff2",
};

/** Nothing is loaded from elsewhere: Office.js would like to, and works without. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline' 'unsafe-eval' 'wasm-unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self' wss://localhost:*",
].join("; ");

/**
 * Serves the workbench, the pane and Office.js over https on this machine only, and hands API requests on. Office.js comes
 * from the installed package and never leaves localhost.
 */
export async function serveWorkbench(options: WorkbenchServerOptions): Promise<WorkbenchServer> {
  const { key, cert } = await localhostCertificate(options.cacheDir);
  const api = new URL(options.apiUrl);
  const folders = {
    dist: path.resolve(options.distDir),
    office: path.dirname(require.resolve("@microsoft/office-js/dist/office.js")),
  };

  const server = createServer({ key, cert }, (request, response) => {
    const pathname = pathnameOf(request);
    if (isForApi(pathname)) forward(api, request, response);
    else void serveFile(fileFor(pathname, folders, options.manifestFile), request, response);
  });
  const sockets = new Set<Duplex>();
  server.on("upgrade", (request, socket, head) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    if (isForApi(pathnameOf(request))) forwardUpgrade(api, request, socket, head);
    else socket.destroy();
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "localhost", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `https://localhost:${port}/workbench.html`,
    port,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

const isForApi = (pathname: string): boolean =>
  API_PATHS.some((one) => pathname === one || pathname.startsWith(`${one}/`));

/** The file behind an address, or null; never one outside the two folders. */
function fileFor(
  pathname: string,
  folders: { dist: string; office: string },
  manifestFile: string | undefined,
): string | null {
  if (pathname === "/manifest.xml") return manifestFile ?? null;
  const wanted = decodePath(pathname);
  if (wanted === null) return null;
  const isOffice = wanted.startsWith("/office-js/");
  const folder = isOffice ? folders.office : folders.dist;
  const file = path.join(
    folder,
    isOffice ? wanted.slice("/office-js".length) : wanted === "/" ? "/workbench.html" : wanted,
  );
  return file.startsWith(folder + path.sep) ? file : null;
}

/** Without what follows a question mark; whatever cannot be an address is none that is served. */
function pathnameOf({ url = "/" }: IncomingMessage): string {
  const address = `https://localhost${url.startsWith("/") ? url : "/"}`;
  return URL.canParse(address) ? new URL(address).pathname : "/%";
}

function decodePath(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return null;
  }
}

async function serveFile(file: string | null, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const facts = file && existsSync(file) ? await stat(file).catch(() => null) : null;
  if (!file || !facts?.isFile()) {
    response.writeHead(404, { "content-type": "text/plain; charset=utf-8" }).end("Not found\n");
    return;
  }
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.writeHead(405, { allow: "GET, HEAD" }).end();
    return;
  }
  const isHashed = /-[\w-]{8}\.\w+$/.test(file) && file.includes(`${path.sep}assets${path.sep}`);
  response.writeHead(200, {
    "content-type": CONTENT_TYPES[path.extname(file).toLowerCase()] ?? "application/octet-stream",
    "content-length": facts.size,
    "cache-control": isHashed ? "public, max-age=31536000, immutable" : "no-cache",
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
  });
  if (request.method === "HEAD") response.end();
  else createReadStream(file).pipe(response);
}

function forward(api: URL, request: IncomingMessage, response: ServerResponse): void {
  const outgoing = httpRequest(
    {
      host: api.hostname,
      port: api.port,
      method: request.method,
      path: request.url,
      headers: { ...request.headers, host: api.host },
    },
    (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    },
  );
  outgoing.on("error", () => {
    if (!response.headersSent) response.writeHead(502, { "content-type": "application/json" });
    response.end(JSON.stringify({ errors: [{ message: "The Billgrid server does not answer." }] }));
  });
  response.on("close", () => outgoing.destroy());
  request.pipe(outgoing);
}

function forwardUpgrade(api: URL, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  const outgoing = httpRequest({
    host: api.hostname,
    port: api.port,
    path: request.url,
    headers: { ...request.headers, host: api.host },
  });
  outgoing.on("upgrade", (answer, remote, remoteHead) => {
    const headers = Object.entries(answer.headers).flatMap(([name, value]) =>
      [value ?? []].flat().map((one) => `${name}: ${one}\r\n`),
    );
    socket.write(`HTTP/1.1 101 Switching Protocols\r\n${headers.join("")}\r\n`);
    if (remoteHead.length > 0) socket.write(remoteHead);
    if (head.length > 0) remote.write(head);
    remote.pipe(socket).pipe(remote);
    remote.on("error", () => socket.destroy());
    socket.on("error", () => remote.destroy());
  });
  outgoing.on("response", (answer) =>
    socket.end(`HTTP/1.1 ${answer.statusCode ?? 502} ${answer.statusMessage ?? ""}\r\n\r\n`),
  );
  outgoing.on("error", () => socket.destroy());
  outgoing.end();
}
