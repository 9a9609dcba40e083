import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Result } from "../../domain/result";
import { noticePage } from "../../integrations/pages/notice-page";
import { type HostedPage, sendFile, sendPage, withPrivacy } from "../../integrations/pages/send-page";
import type { Logger } from "../../platform/logger";
import type { Services } from "../../platform/request-context";
import { clientAddress, isSameOrigin } from "../../platform/visitor";
import type { SigningOutcome } from "./complete-signature";
import { deadLinkPage, offerPage } from "./hosted-page";
import { noteView, type Visitor } from "./note-view";
import { type Opened, type OpenedLink, openLink } from "./open-link";
import { pageAssets } from "./page-assets";
import { offerFileOf, type QuoteFile, signedFileOf } from "./quote-file";
import { declineOffer, type FormRefusal, type SignatureForm, signOffer } from "./sign-offer";
import type { FilledForm } from "./signing-form";
import { wordsOfRefusal } from "./signing-words";

export type HostedPageOptions = {
  readonly services: Pick<Services, "clock" | "publicUrl">;
  /** X-Forwarded-For is our own proxy's. */
  readonly trustProxy: boolean;
  readonly logger: Logger;
};

/** A drawing has at most 200 kB; as a form sends it, a third more, and twice that is surely too large. */
const FORM_LIMIT_BYTES = 800_000;
const USER_AGENT_LENGTH = 300;

type Token = { readonly Params: { readonly token: string } };
type Request = FastifyRequest<Token>;
type Filled = FilledForm | null;

/**
 * The pages for people without an account: an offer by its link, its files, and the forms to sign or to decline it. Who
 * holds the link may do what it is for; there is no cookie, so that no other page can act in somebody's name.
 */
export const hostedPageRoute =
  ({ services, trustProxy, logger }: HostedPageOptions) =>
  (app: FastifyInstance): void => {
    app.register(async (pages) => {
      pages.removeAllContentTypeParsers();
      pages.addContentTypeParser(
        "application/x-www-form-urlencoded",
        { parseAs: "string", bodyLimit: FORM_LIMIT_BYTES },
        (_request, body, done) => done(null, new URLSearchParams(body as string)),
      );
      pages.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
        const status = error.statusCode ?? 500;
        if (status >= 500) logger.error({ err: error, reference: request.id }, "unexpected error on a hosted page");
        return sendPage(reply, faultPage(status, request.id));
      });

      for (const { url, contentType, content } of pageAssets) {
        pages.get(url, async (_request, reply) =>
          reply
            .header("content-type", contentType)
            .header("cache-control", "public, max-age=31536000, immutable")
            .header("x-content-type-options", "nosniff")
            .send(content),
        );
      }

      const visitorOf = (request: Request): Visitor => ({
        ip: clientAddress(request, trustProxy),
        browser: request.headers["user-agent"]?.slice(0, USER_AGENT_LENGTH) ?? null,
      });
      const open = <T>(request: Request, work: (opened: Opened) => Promise<T>) =>
        openLink(request.params.token, services.clock, work);

      pages.get<Token>("/q/:token", { exposeHeadRoute: false }, (request, reply) =>
        open(request, async (found) => {
          if (found.kind === "refused") return sendPage(reply, deadLinkPage(found.refusal));
          if (!(await noteView(found.opened, "page", visitorOf(request)))) return sendPage(reply, tooOften);
          return showOffer(request, reply, found.opened, null);
        }),
      );

      const file = (path: string, what: "offer" | "signed", load: (opened: OpenedLink) => Promise<QuoteFile | null>) =>
        pages.get<Token>(path, { exposeHeadRoute: false }, (request, reply) =>
          open(request, async (found) => {
            if (found.kind === "refused") return sendPage(reply, deadLinkPage(found.refusal));
            const wanted = await load(found.opened);
            if (!wanted) return sendPage(reply, noFile);
            if (!(await noteView(found.opened, what, visitorOf(request)))) return sendPage(reply, tooOften);
            return sendFile(reply, wanted);
          }),
        );
      file("/q/:token/offer.pdf", "offer", offerFileOf);
      file("/q/:token/signed.pdf", "signed", signedFileOf);

      const form = (
        what: "sign" | "decline",
        act: (opened: OpenedLink, fields: URLSearchParams, request: Request) => Promise<Acted>,
      ) =>
        pages.post<Token>(`/q/:token/${what}`, (request, reply) =>
          open(request, async (found) => {
            if (found.kind === "refused") return sendPage(reply, deadLinkPage(found.refusal));
            if (!isSameOrigin(request, services.publicUrl)) return sendPage(reply, fromElsewhere);
            if (!(await noteView(found.opened, what, visitorOf(request)))) return sendPage(reply, tooOften);
            const fields = request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
            const { result, signature } = await act(found.opened, fields, request);
            // Whoever reloads the page that follows sends nothing again.
            if (result.ok) return withPrivacy(reply).redirect(`/q/${request.params.token}#standing`, 303);
            return open(request, async (again) =>
              again.kind === "refused"
                ? sendPage(reply, deadLinkPage(again.refusal))
                : showOffer(request, reply, again.opened, filledOf(result.error, signature)),
            );
          }),
        );
      form("sign", async (opened, fields, request) => {
        const signature = signatureIn(fields);
        return { result: await signOffer(opened, signature, visitorOf(request), request.id), signature };
      });
      form("decline", async (opened, fields, request) => {
        const reason = (fields.get("reason") ?? "").replaceAll(UNPRINTABLE, " ").trim().slice(0, REASON_LENGTH);
        return {
          result: await declineOffer(opened, reason === "" ? null : reason, visitorOf(request), request.id),
          signature: null,
        };
      });
    });
  };

type Acted = { readonly result: Result<SigningOutcome, FormRefusal>; readonly signature: SignatureForm | null };

const REASON_LENGTH = 1_000;
// Line breaks are a reason's to have.
const UNPRINTABLE = /(?![\n\r\t])[\p{Cc}\p{Cs}]/gu;

const signatureIn = (fields: URLSearchParams): SignatureForm => ({
  kind: fields.get("kind") === "drawn" ? "drawn" : "typed",
  signature: (fields.get("signature") ?? "").replaceAll(/[\p{Cc}\p{Cs}]/gu, " ").trim(),
  drawing: fields.get("drawing") ?? "",
  hasConsented: fields.get("consent") === "yes",
  documentSha256: fields.get("documentSha256") ?? "",
});

const filledOf = (error: FormRefusal, signature: SignatureForm | null): FilledForm =>
  error.kind === "form"
    ? { refusal: null, signature, problems: error.problems }
    : { refusal: wordsOfRefusal(error.refusal), signature, problems: [] };

const showOffer = async (request: Request, reply: FastifyReply, opened: OpenedLink, filled: Filled) =>
  sendPage(reply, await offerPage(opened, { token: request.params.token, filled }));

const tooOften = noticePage({
  status: 429,
  title: "Too often within a minute",
  text: "This link was used so often within a minute that it rests for a moment. Wait a minute, then load the page again. Nothing was signed by this attempt.",
});

const fromElsewhere = noticePage({
  status: 403,
  title: "Nothing was signed",
  text: "The form did not come from this page. Open the link from the mail again and sign there.",
});

const noFile = noticePage({
  status: 404,
  title: "There is no such document",
  text: "It may not be signed by everybody yet, or the offer was taken back. The link to the offer itself tells how it stands.",
});

function faultPage(status: number, reference: string): HostedPage {
  if (status === 413) {
    return noticePage({
      status,
      title: "That was too large",
      text: "The signature was not taken, because the drawing is too large. Go back, clear it and draw it again, or type your name.",
    });
  }
  return noticePage({
    status,
    title: status < 500 ? "That could not be read" : "Something went wrong on our side",
    text:
      status < 500
        ? "Open the link from the mail again and try once more. Nothing was signed."
        : `Nothing was half done, and trying again is safe. If it stays so, tell whoever sent you the offer: reference ${reference}.`,
  });
}
