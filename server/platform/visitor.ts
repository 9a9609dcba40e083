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

// Names that preview makers, link scanners and libraries give themselves.
const PROGRAMS =
  /bot\b|crawl|spider|slurp|preview|prefetch|scan|monitor|facebookexternalhit|whatsapp|slack|discord|telegram|skype|teams|ms-?office|msoffice|outlook|googleimageproxy|feedfetcher|embedly|proofpoint|mimecast|barracuda|safelinks|symantec|curl|wget|python|java\/|okhttp|go-http|libwww|axios|node|undici|ruby|php|perl/i;

/**
 * True where nobody reads what is asked for: a browser loads ahead, or a program says that it is one. A scanner that
 * pretends to be a person cannot be told from one.
 */
export function isProgram({ headers }: Pick<Seen, "headers">): boolean {
  const purposes = ["sec-purpose", "purpose", "x-purpose", "x-moz"].map((name) => String(headers[name] ?? ""));
  if (purposes.some((purpose) => /prefetch|prerender|preview/i.test(purpose))) return true;
  const browser = headers["user-agent"];
  return !browser || PROGRAMS.test(browser);
}
