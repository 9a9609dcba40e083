import type { FastifyRequest } from "fastify";

type Seen = Pick<FastifyRequest, "headers" | "socket">;

/**
 * Who asks: the other end of the socket. Behind a proxy of ours that is the last address it added to X-Forwarded-For;
 * whatever stands before it anybody could have written.
 */
export function clientAddress({ headers, socket }: Seen, trustProxy: boolean): string | null {
  const forwarded = trustProxy ? String(headers["x-forwarded-for"] ?? "") : "";
  const last = forwarded.split(",").at(-1)?.trim();
  const address = last || socket.remoteAddress;
  return address ? address.replace(/^::ffff:(?=\d+\.)/, "").slice(0, 100) : null;
}

/**
 * False where another site's page sent the form. Browsers say so in Sec-Fetch-Site, older ones in Origin, which is "null"
 * on a page that tells nobody where it is. Programs say neither; they hold the token, and that is what counts.
 */
export function isSameOrigin({ headers }: Pick<Seen, "headers">, publicUrl: string): boolean {
  const site = headers["sec-fetch-site"];
  if (site !== undefined) return site === "same-origin";
  const { origin } = headers;
  if (origin === undefined || origin === "null") return true;
  if (!URL.canParse(origin)) return false;
  return new URL(origin).host === headers.host || origin === new URL(publicUrl).origin;
}
