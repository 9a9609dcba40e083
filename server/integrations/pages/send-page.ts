import { randomBytes } from "node:crypto";
import type { FastifyReply } from "fastify";

/** A page, to be made with the nonce of the response that it goes out with. */
export type HostedPage = { readonly status: number; readonly render: (nonce: string) => string };

export type HostedFile = { readonly fileName: string; readonly contentType: string; readonly content: Buffer };

/** Nothing from elsewhere, nothing inline but what bears the nonce; not to be framed, indexed, kept, or told of in a Referer. */
export function sendPage(reply: FastifyReply, { status, render }: HostedPage) {
  const nonce = randomBytes(16).toString("base64");
  const policy = [
    "default-src 'none'",
    `style-src 'self' 'nonce-${nonce}'`,
    `script-src 'self' 'nonce-${nonce}'`,
    "img-src data:",
    "font-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ];
  return withPrivacy(reply)
    .code(status)
    .header("content-type", "text/html; charset=utf-8")
    .header("content-security-policy", policy.join("; "))
    .send(render(nonce));
}

export function sendFile(reply: FastifyReply, { fileName, contentType, content }: HostedFile) {
  return withPrivacy(reply)
    .header("content-type", contentType)
    .header("content-disposition", `inline; filename="${fileName}"`)
    .header("content-security-policy", "frame-ancestors 'none'")
    .send(content);
}

export const withPrivacy = (reply: FastifyReply): FastifyReply =>
  reply
    .header("cache-control", "no-store")
    .header("referrer-policy", "no-referrer")
    .header("x-robots-tag", "noindex, nofollow")
    .header("x-content-type-options", "nosniff")
    .header("x-frame-options", "DENY")
    .header("cross-origin-opener-policy", "same-origin")
    .header("cross-origin-resource-policy", "same-origin")
    .header("permissions-policy", "camera=(), geolocation=(), microphone=()");
