import { createHmac, randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { readDescription } from "./api-description";

/** What goes wrong with the next call: before it is done, or after, when the other side does not learn of it. */
export type Fault =
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly headers?: Record<string, string>;
      readonly body?: string;
    }
  | { readonly kind: "silence"; readonly isDone: boolean }
  | { readonly kind: "hang_up"; readonly isDone: boolean }
  | { readonly kind: "nonsense"; readonly isDone: boolean; readonly body?: string };

export type FakeSignature = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly order: number;
  status: string;
  signedAt: number | null;
  viewedAt: number | null;
  remindedAt: number | null;
  reason: string | null;
};

export type FakeRequest = {
  readonly id: string;
  readonly title: string;
  readonly subject: string | null;
  readonly message: string | null;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly isTest: boolean;
  readonly isEmbedded: boolean;
  readonly createdAt: number;
  readonly expiresAt: number | null;
  readonly pdf: Buffer;
  readonly signatures: readonly FakeSignature[];
  isCancelled: boolean;
};

/**
 * Dropbox Sign over real HTTP, with a memory and with faults on demand. Where its published description is at hand, it
 * holds both sides to it: it refuses what is not asked as described, and keeps that, and what it answered otherwise itself,
 * in `problems`.
 */
export type FakeDropboxSign = {
  readonly url: string;
  readonly apiKey: string;
  readonly clientId: string;
  readonly isDescribed: boolean;
  readonly problems: string[];
  /** The operations asked for, in order, faulty ones included. */
  readonly calls: string[];
  readonly requests: FakeRequest[];
  /** What happens to the next call of an operation; several queue up. */
  fail(operationId: string, ...faults: Fault[]): void;
  /** Searching finds what was sent only after a while; false: it does not find it yet. */
  isSearchable: boolean;
  /** What was cancelled is as if it had never been. */
  isForgetful: boolean;
  /** Files can be fetched once they are put together. */
  areFilesReady: boolean;
  view(requestId: string, order: number): void;
  sign(requestId: string, order: number): void;
  decline(requestId: string, order: number, reason: string): void;
  expire(requestId: string): void;
  /** Something goes wrong with a signature at the provider. */
  breakDown(requestId: string, order: number, reason: string): void;
  /** An event as it is posted: form and content type. */
  event(
    type: string,
    about: { requestId?: string; order?: number; at?: Date; apiKey?: string; metadata?: object },
  ): Posted;
  stop(): Promise<void>;
};
export type Posted = { readonly body: string; readonly contentType: string };

export async function startDropboxSign(now: () => Date = () => new Date()): Promise<FakeDropboxSign> {
  const apiKey = randomBytes(32).toString("hex");
  const clientId = randomBytes(16).toString("hex");
  const description = readDescription("dropbox_sign.yaml");
  const faults = new Map<string, Fault[]>();
  const seconds = () => Math.floor(now().getTime() / 1000);
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      fake.problems.push(String(error));
      response.destroy();
    });
  });

  const find = (id: string | undefined) => fake.requests.find((request) => request.id === id && !request.isCancelled);
  const must = (id: string) => {
    const request = find(id);
    if (!request) throw new Error(`no request ${id}`);
    return request;
  };
  const change = (id: string, order: number, to: Partial<FakeSignature>) => {
    const signature = must(id).signatures[order];
    if (!signature) throw new Error(`no signer ${order}`);
    Object.assign(signature, to);
  };

  const fake: FakeDropboxSign = {
    url: "",
    apiKey,
    clientId,
    isDescribed: description !== null,
    problems: [],
    calls: [],
    requests: [],
    isSearchable: true,
    isForgetful: false,
    areFilesReady: true,
    fail: (operationId, ...more) => void faults.set(operationId, [...(faults.get(operationId) ?? []), ...more]),
    view: (id, order) => change(id, order, { viewedAt: seconds() }),
    sign: (id, order) => change(id, order, { status: "signed", signedAt: seconds(), viewedAt: seconds() }),
    decline: (id, order, reason) => change(id, order, { status: "declined", reason }),
    breakDown: (id, order, reason) => change(id, order, { status: "error_invalid", reason }),
    expire(id) {
      for (const signature of must(id).signatures) if (signature.status !== "signed") signature.status = "expired";
    },
    event(type, { requestId, order, at = new Date(), apiKey: key = apiKey, metadata }) {
      const time = String(Math.floor(at.getTime() / 1000));
      const request = fake.requests.find(({ id }) => id === requestId);
      const message = {
        event: {
          event_time: time,
          event_type: type,
          event_hash: createHmac("sha256", key).update(`${time}${type}`).digest("hex"),
          event_metadata: {
            related_signature_id: order === undefined ? null : (request?.signatures[order]?.id ?? null),
            reported_for_account_id: "0b29d43d7b0e3a3c",
            reported_for_app_id: null,
            event_message: null,
          },
        },
        ...(request && { signature_request: { ...asPublished(request), ...(metadata && { metadata }) } }),
        ...(!request &&
          requestId && { signature_request: { signature_request_id: requestId, metadata: metadata ?? {} } }),
      };
      const boundary = `----${randomBytes(8).toString("hex")}`;
      const body = [
        `--${boundary}`,
        'Content-Disposition: form-data; name="json"',
        "",
        JSON.stringify(message),
        `--${boundary}--`,
        "",
      ].join("\r\n");
      return { body, contentType: `multipart/form-data; boundary=${boundary}` };
    },
    async stop() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = new URL(request.url ?? "/", "http://localhost");
    const asked = {
      method: request.method ?? "",
      path: url.pathname.replace(/^\/v3/, ""),
      query: url.searchParams,
      contentType: request.headers["content-type"] ?? null,
      authorization: request.headers.authorization ?? null,
      body: Buffer.concat(chunks),
    };
    const { operationId, id } = routeOf(asked.method, asked.path);
    fake.calls.push(operationId);
    const checked = await description?.check(asked);
    fake.problems.push(...(checked?.problems ?? []).map((problem) => `${operationId}: ${problem}`));
    if (checked && checked.operationId !== operationId) fake.problems.push(`${operationId} is ${checked.operationId}`);

    if (checked && checked.problems.length > 0) {
      const { status, type, body } = refuse(400, "bad_request", checked.problems.join("; "));
      return void response.writeHead(status, { "content-type": type }).end(body);
    }
    const fault = faults.get(operationId)?.shift();
    if (fault?.kind === "answer") {
      const { status, headers = {}, body = JSON.stringify(problem("fault", `Fault ${status}`)) } = fault;
      response.writeHead(status, { "content-type": "application/json", ...headers }).end(body);
      return;
    }
    const isAllowed = asked.authorization === `Basic ${Buffer.from(`${apiKey}:`).toString("base64")}`;
    const answer = !isAllowed
      ? refuse(401, "unauthorized", `Unauthorized api key ${asked.authorization}`)
      : fault && !fault.isDone
        ? null
        : carryOut(operationId, id, await bodyOf(asked), asked.query);
    if (fault?.kind === "silence") return;
    if (fault?.kind === "hang_up") return void response.destroy();
    if (fault) return void response.writeHead(200, { "content-type": "application/json" }).end(fault.body ?? "<html>");

    const { status, type, body } = answer as Answer;
    const missing = description?.checkAnswer(operationId, { status, contentType: type, body }) ?? [];
    fake.problems.push(...missing.map((problem) => `${operationId} answered: ${problem}`));
    response.writeHead(status, { "content-type": type }).end(body);
  }

  function carryOut(operationId: string, id: string, body: Fields, query: URLSearchParams): Answer {
    const signatureRequest = find(id);
    const gone = refuse(410, "deleted", "The signature request was deleted");
    const unknown = refuse(404, "not_found", "Signature not found");
    switch (operationId) {
      case "signatureRequestSend":
      case "signatureRequestCreateEmbedded": {
        const isEmbedded = operationId === "signatureRequestCreateEmbedded";
        const created = make(body, { isEmbedded, createdAt: seconds() + fake.requests.length });
        fake.requests.push(created);
        return json({ signature_request: asPublished(created) });
      }
      case "signatureRequestGet":
        if (signatureRequest) return json({ signature_request: asPublished(signatureRequest) });
        return fake.requests.some((request) => request.id === id) && !fake.isForgetful ? gone : unknown;
      case "signatureRequestList": {
        const wanted = query.get("query");
        const found = fake.requests.filter(
          ({ metadata, isCancelled }) => !isCancelled && fake.isSearchable && Object.values(metadata).includes(wanted),
        );
        const list = { num_pages: 1, num_results: found.length, page: 1, page_size: 20 };
        return json({ signature_requests: found.toReversed().map(asPublished), list_info: list });
      }
      case "signatureRequestRemind": {
        if (!signatureRequest) return unknown;
        const signature = signatureRequest.signatures.find(({ email }) => email === body["email_address"]);
        if (!signature) return refuse(400, "bad_request", "No such signer");
        if (signature.remindedAt !== null)
          return refuse(400, "bad_request", "A reminder was sent within the last hour");
        signature.remindedAt = seconds();
        return json({ signature_request: asPublished(signatureRequest) });
      }
      case "signatureRequestCancel":
        if (!signatureRequest) return gone;
        signatureRequest.isCancelled = true;
        return { status: 200, type: "application/json", body: Buffer.alloc(0) };
      case "signatureRequestFiles": {
        if (!signatureRequest) return unknown;
        if (!fake.areFilesReady) return refuse(409, "conflict", "Files are still being processed");
        const signed = signatureRequest.signatures.filter(({ status }) => status === "signed").length;
        return {
          status: 200,
          type: "application/pdf",
          body: Buffer.concat([signatureRequest.pdf, Buffer.from(`\n% signed by ${signed}\n`)]),
        };
      }
      case "embeddedSignUrl": {
        const isThere = fake.requests.some(
          ({ isEmbedded, isCancelled, signatures }) =>
            isEmbedded && !isCancelled && signatures.some((signature) => signature.id === id),
        );
        if (!isThere) return unknown;
        const sign_url = `https://app.hellosign.com/editor/embeddedSign?signature_id=${id}&token=x`;
        return json({ embedded: { sign_url, expires_at: seconds() + 3600 } });
      }
      default:
        return refuse(400, "bad_request", `not offered here: ${operationId}`);
    }
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return Object.assign(fake, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v3` });
}

type Fields = Readonly<Record<string, unknown>>;
type Answer = { readonly status: number; readonly type: string; readonly body: Buffer };

const json = (value: object, status = 200): Answer => ({
  status,
  type: "application/json",
  body: Buffer.from(JSON.stringify(value)),
});
const problem = (error_name: string, error_msg: string) => ({ error: { error_name, error_msg } });
const refuse = (status: number, name: string, message: string): Answer => json(problem(name, message), status);
const newId = () => randomBytes(20).toString("hex");

function make(body: Fields, made: Pick<FakeRequest, "isEmbedded" | "createdAt">): FakeRequest {
  const signers = body["signers"] as readonly { name: string; email_address: string; order: number }[];
  return {
    id: newId(),
    title: body["title"] as string,
    subject: (body["subject"] as string | undefined) ?? null,
    message: (body["message"] as string | undefined) ?? null,
    metadata: (body["metadata"] as Record<string, unknown> | undefined) ?? {},
    isTest: body["test_mode"] === true,
    ...made,
    expiresAt: (body["expires_at"] as number | undefined) ?? null,
    pdf: (body["files"] as readonly Buffer[])[0] as Buffer,
    signatures: signers.map(({ name, email_address: email, order }) => ({
      id: newId(),
      name,
      email,
      order,
      status: "awaiting_signature",
      signedAt: null,
      viewedAt: null,
      remindedAt: null,
      reason: null,
    })),
    isCancelled: false,
  };
}

/** As Dropbox Sign writes it. */
function asPublished({ id, signatures, ...request }: FakeRequest): object {
  return {
    signature_request_id: id,
    test_mode: request.isTest,
    title: request.title,
    original_title: request.title,
    subject: request.subject,
    message: request.message,
    metadata: request.metadata,
    created_at: request.createdAt,
    expires_at: request.expiresAt,
    is_complete: signatures.every(({ status }) => status === "signed"),
    is_declined: signatures.some(({ status }) => status === "declined"),
    has_error: signatures.some(({ status }) => status.startsWith("error")),
    files_url: `https://api.hellosign.com/v3/signature_request/files/${id}`,
    signing_url: null,
    details_url: `https://app.hellosign.com/home/manage?guid=${id}`,
    cc_email_addresses: [],
    signing_redirect_url: null,
    custom_fields: [],
    response_data: [],
    template_ids: null,
    signatures: signatures.map((signature) => ({
      signature_id: signature.id,
      signer_email_address: signature.email,
      signer_name: signature.name,
      signer_role: null,
      order: signature.order,
      status_code: signature.status,
      decline_reason: signature.status === "declined" ? signature.reason : null,
      signed_at: signature.signedAt,
      last_viewed_at: signature.viewedAt,
      last_reminded_at: signature.remindedAt,
      has_pin: false,
      error: signature.status.startsWith("error") ? signature.reason : null,
    })),
  };
}

const ROUTES: readonly (readonly [string, RegExp, string])[] = [
  ["POST", /^\/signature_request\/send$/, "signatureRequestSend"],
  ["POST", /^\/signature_request\/create_embedded$/, "signatureRequestCreateEmbedded"],
  ["POST", /^\/signature_request\/remind\/(.+)$/, "signatureRequestRemind"],
  ["POST", /^\/signature_request\/cancel\/(.+)$/, "signatureRequestCancel"],
  ["GET", /^\/signature_request\/list$/, "signatureRequestList"],
  ["GET", /^\/signature_request\/files\/(.+)$/, "signatureRequestFiles"],
  ["GET", /^\/signature_request\/([^/]+)$/, "signatureRequestGet"],
  ["GET", /^\/embedded\/sign_url\/(.+)$/, "embeddedSignUrl"],
];

function routeOf(method: string, path: string): { readonly operationId: string; readonly id: string } {
  for (const [wanted, pattern, operationId] of ROUTES) {
    const found = wanted === method ? pattern.exec(path) : null;
    if (found) return { operationId, id: found[1] ?? "" };
  }
  return { operationId: `${method} ${path}`, id: "" };
}

/** What is nested in a form comes as JSON, and its files as a list. */
async function bodyOf({ contentType, body }: { contentType: string | null; body: Buffer }): Promise<Fields> {
  if (body.length === 0) return {};
  if (!contentType?.startsWith("multipart/form-data")) return JSON.parse(body.toString("utf8")) as Fields;
  const headers = { "content-type": contentType };
  const form = await new Response(new Uint8Array(body), { headers }).formData();
  const fields: Record<string, unknown> = {};
  for (const [name, value] of form) {
    if (typeof value !== "string") fields["files"] = [Buffer.from(await value.arrayBuffer())];
    else fields[name] = ["signers", "metadata", "test_mode", "expires_at"].includes(name) ? JSON.parse(value) : value;
  }
  return fields;
}
