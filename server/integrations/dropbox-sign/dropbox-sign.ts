import type { EmbeddedApi, SignatureRequestApi, SignatureRequestResponse } from "@dropbox/sign";
import { REFERENCE, SEARCHED, searchedWord, textsOf } from "./metadata";
import { readDropboxSignEvent } from "./read-event";
import type {
  Outcome,
  ProviderRequest,
  ProviderSignature,
  SignatureOrder,
  SignatureProvider,
} from "./signature-provider";
import { statusOf, UnreadableAnswer, undoneOf } from "./undone";

export type DropboxSignSettings = {
  readonly apiKey: string;
  /** Of the API app: embedded signing needs it, and its events go to the app's own address. */
  readonly clientId: string | null;
  /** Everything is for practice, whatever the order says. */
  readonly isTestMode: boolean;
  /** "https://api.hellosign.com/v3", or a server for tests. */
  readonly url: string;
  /** For the whole of an answer. */
  readonly timeoutMs: number;
  readonly now: () => Date;
};

export const DROPBOX_SIGN_URL = "https://api.hellosign.com/v3";

const LARGEST_PDF_BYTES = 50 * 1024 * 1024;
/** Dropbox Sign's own limits. */
const LONGEST_TITLE = 255;
const LONGEST_MESSAGE = 5_000;
const EXPIRY_SECONDS = { least: 24 * 60 * 60, most: 90 * 24 * 60 * 60 };
const [NOT_FOUND, GONE] = [404, 410];
/** A search by our reference can only find what was sent for it: once, but for a fault. */
const FOUND_AT_MOST = 20;

/** Signatures by Dropbox Sign. Nothing is asked before the first call. */
export function createDropboxSign(settings: DropboxSignSettings): SignatureProvider {
  const { apiKey, clientId, now } = settings;
  let opened: Promise<Apis> | null = null;
  const apis = () => {
    opened ??= openApis(settings);
    return opened;
  };

  /** Every call ends in an outcome; the API key never gets into the words of one. */
  const ask = async <T>(call: (apis: Apis) => Promise<T>): Promise<Outcome<T>> => {
    try {
      return { outcome: "done", value: await call(await apis()) };
    } catch (error) {
      const undone = undoneOf(error, now());
      if (!undone) throw error;
      return { ...undone, reason: undone.reason.replaceAll(apiKey, "…") };
    }
  };

  return {
    canEmbed: clientId !== null,
    readEvent: (message) => readDropboxSignEvent(message, apiKey),

    async send(order) {
      const fault = faultOf(order, clientId);
      if (fault) return { outcome: "permanent", reason: fault };
      return ask(async ({ requests }) => {
        const asked = { ...askedOf(order, now()), testMode: order.isTest || settings.isTestMode };
        const { body } =
          order.isEmbedded && clientId
            ? await requests.signatureRequestCreateEmbedded({ ...asked, clientId })
            : await requests.signatureRequestSend({ ...asked, ...(clientId && { clientId }) });
        return requestOf(body.signatureRequest);
      });
    },

    find: (reference) =>
      ask(async ({ requests }) => {
        const { body } = await requests.signatureRequestList(undefined, 1, FOUND_AT_MOST, searchedWord(reference));
        if (!Array.isArray(body.signatureRequests)) throw new UnreadableAnswer();
        // The search is by words; what it found is ours only if it says so itself.
        const mine = body.signatureRequests.filter(({ metadata }) => metadata?.[REFERENCE] === reference);
        const first = mine.sort((a, b) => (a.createdAt ?? 0) - (b.createdAt ?? 0))[0];
        return first ? requestOf(first) : null;
      }),

    status: (requestId) =>
      ask(async ({ requests }) => {
        try {
          return requestOf((await requests.signatureRequestGet(requestId)).body.signatureRequest);
        } catch (error) {
          if (statusOf(error) === GONE) return "gone";
          if (statusOf(error) === NOT_FOUND) return "unknown";
          throw error;
        }
      }),

    remind: (requestId, { name, email }) =>
      ask(async ({ requests }) => {
        await requests.signatureRequestRemind(requestId, { emailAddress: email, name });
        return null;
      }),

    cancel: (requestId) =>
      ask(async ({ requests }) => {
        try {
          await requests.signatureRequestCancel(requestId);
        } catch (error) {
          if (statusOf(error) !== GONE) throw error;
        }
        return null;
      }),

    embeddedSignUrl: (signatureId) =>
      ask(async ({ embedded }) => {
        const { signUrl, expiresAt } = (await embedded.embeddedSignUrl(signatureId)).body.embedded ?? {};
        if (typeof signUrl !== "string" || !/^https?:\/\//.test(signUrl)) throw new UnreadableAnswer();
        return { url: signUrl, expiresAt: instantOf(expiresAt) };
      }),

    signedPdf: (requestId) =>
      ask(async ({ requests }) => {
        const { body } = await requests.signatureRequestFiles(requestId, "pdf");
        if (!Buffer.isBuffer(body) || body.subarray(0, 5).toString("latin1") !== "%PDF-") throw new UnreadableAnswer();
        return body;
      }),
  };
}

type Apis = { readonly requests: SignatureRequestApi; readonly embedded: EmbeddedApi };
type Interceptor = Parameters<SignatureRequestApi["addInterceptor"]>[0];

/** The client is big, so it is loaded by the first who needs it. */
async function openApis({ url, apiKey, timeoutMs }: DropboxSignSettings): Promise<Apis> {
  const { EmbeddedApi, SignatureRequestApi } = await import("@dropbox/sign");
  const [requests, embedded] = [new SignatureRequestApi(url), new EmbeddedApi(url)];
  const prepare: Interceptor = async (request) => {
    // The client's own timeout starts anew with every byte; this one counts the whole call.
    request.signal = AbortSignal.timeout(timeoutMs);
    request.maxContentLength = LARGEST_PDF_BYTES;
    request.transformResponse = [readBody];
  };
  for (const api of [requests, embedded]) {
    api.username = apiKey;
    api.addInterceptor(prepare);
  }
  return { requests, embedded };
}

/**
 * The body before the client makes its types of it: it believes whatever it is given, and an error in there would be
 * nobody's. Files pass as they are; an answer without a body, as to a cancellation, is empty.
 */
function readBody(body: unknown, _headers: unknown, status: number | undefined): unknown {
  const isFine = status !== undefined && status < 400;
  if (Buffer.isBuffer(body) && isFine) return body;
  const text = Buffer.isBuffer(body) ? body.toString("utf8") : typeof body === "string" ? body : "";
  try {
    const json: unknown = text.trim() === "" ? {} : JSON.parse(text);
    if (typeof json === "object" && json !== null && !Array.isArray(json)) return json;
  } catch {
    // Said below: for a refusal its status is enough.
  }
  if (isFine) throw new UnreadableAnswer();
  return {};
}

/** What Dropbox Sign would refuse, or worse, accept. */
function faultOf({ signers, pdf, isEmbedded }: SignatureOrder, clientId: string | null): string | null {
  if (isEmbedded && !clientId) return "Embedded signing needs DROPBOX_SIGN_CLIENT_ID. An administrator has to set it.";
  if (signers.length === 0) return "Nobody is named to sign.";
  if (pdf.length === 0) return "There is no document to sign.";
  return null;
}

function askedOf(order: SignatureOrder, now: Date) {
  const { reference, title, subject, message, signers, pdf, fileName, metadata } = order;
  const expiresAt = expiryOf(order.expiresAt, now);
  return {
    title: cut(title, LONGEST_TITLE),
    subject: cut(subject, LONGEST_TITLE),
    message: cut(message, LONGEST_MESSAGE),
    signers: signers.map(({ name, email, position }) => ({ name, emailAddress: email, order: position })),
    files: [{ value: pdf, options: { filename: fileName, contentType: "application/pdf" } }],
    metadata: { ...metadata, [REFERENCE]: reference, [SEARCHED]: searchedWord(reference) },
    allowDecline: true,
    ...(expiresAt !== null && { expiresAt }),
  };
}

/** Dropbox Sign takes one to ninety days; who sends the order looks to earlier and later ends. */
function expiryOf(expiresAt: Date | null, now: Date): number | null {
  if (!expiresAt) return null;
  const seconds = (expiresAt.getTime() - now.getTime()) / 1000;
  return seconds > EXPIRY_SECONDS.least && seconds < EXPIRY_SECONDS.most
    ? Math.floor(expiresAt.getTime() / 1000)
    : null;
}

const cut = (text: string, length: number): string => [...text].slice(0, length).join("");

function requestOf(request: SignatureRequestResponse | undefined): ProviderRequest {
  const id = request?.signatureRequestId;
  if (!request || typeof id !== "string" || !Array.isArray(request.signatures)) throw new UnreadableAnswer();
  const signatures = request.signatures.map(signatureOf);
  const metadata = textsOf(request.metadata);
  return {
    id,
    reference: metadata[REFERENCE] ?? null,
    metadata,
    isTest: request.testMode === true,
    state: stateOf(request, signatures),
    signatures,
  };
}

function stateOf(
  { isComplete, isDeclined, hasError }: SignatureRequestResponse,
  signatures: readonly ProviderSignature[],
): ProviderRequest["state"] {
  if (isComplete === true) return "signed";
  if (isDeclined === true) return "declined";
  if (hasError === true) return "failed";
  return signatures.some(({ state }) => state === "expired") ? "expired" : "open";
}

type GivenSignature = NonNullable<SignatureRequestResponse["signatures"]>[number] | null | undefined;

function signatureOf(signature: GivenSignature): ProviderSignature {
  const { signatureId: id, signerEmailAddress: email, statusCode } = signature ?? {};
  if (typeof id !== "string" || typeof email !== "string") throw new UnreadableAnswer();
  return {
    id,
    email,
    name: signature?.signerName ?? null,
    state: signatureState(statusCode),
    signedAt: instantOf(signature?.signedAt),
    viewedAt: instantOf(signature?.lastViewedAt),
    reason: signature?.declineReason ?? signature?.error ?? null,
  };
}

function signatureState(code: string | undefined): ProviderSignature["state"] {
  if (code === "signed" || code === "declined" || code === "expired") return code;
  return code?.startsWith("error") ? "failed" : "waiting";
}

const instantOf = (seconds: number | null | undefined): Date | null =>
  typeof seconds === "number" && seconds > 0 ? new Date(seconds * 1000) : null;
