import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { noticePage } from "../../integrations/pages/notice-page";
import { type HostedFile, sendFile, sendPage, withPrivacy } from "../../integrations/pages/send-page";
import type { Logger } from "../../platform/logger";
import type { Services } from "../../platform/request-context";
import { clientAddress, isProgram } from "../../platform/visitor";
import type { InvoiceViewed } from "./invoice-link.store";
import { deadInvoiceLinkPage, invoiceFileOf, invoicePage, usageFileOf } from "./invoice-page";
import { noteInvoiceView } from "./note-invoice-view";
import { type OpenedInvoice, openInvoiceLink } from "./open-invoice-link";

export type InvoicePageOptions = {
  readonly services: Pick<Services, "clock">;
  /** X-Forwarded-For is our own proxy's. */
  readonly trustProxy: boolean;
  readonly logger: Logger;
};

const USER_AGENT_LENGTH = 300;

type Token = { readonly Params: { readonly token: string } };
type Request = FastifyRequest<Token>;

/** The page of an invoice for whoever holds its link, and its files. There is no form on it and no cookie. */
export const invoicePageRoute =
  ({ services, trustProxy, logger }: InvoicePageOptions) =>
  (app: FastifyInstance): void => {
    app.register(async (pages) => {
      pages.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
        const status = error.statusCode ?? 500;
        if (status >= 500) logger.error({ err: error, reference: request.id }, "unexpected error on an invoice page");
        return sendPage(reply, faultPage(status, request.id));
      });

      const visitorOf = (request: Request) => ({
        ip: clientAddress(request, trustProxy),
        browser: request.headers["user-agent"]?.slice(0, USER_AGENT_LENGTH) ?? null,
        isProgram: isProgram(request),
      });

      const serve = (
        path: string,
        what: InvoiceViewed,
        answer: (reply: FastifyReply, opened: OpenedInvoice, token: string) => Promise<unknown>,
      ) => {
        pages.get<Token>(path, { exposeHeadRoute: false }, (request, reply) =>
          openInvoiceLink(request.params.token, services.clock, async (found) => {
            if (found.kind === "refused") return sendPage(reply, deadInvoiceLinkPage(found.refusal));
            if (!(await noteInvoiceView(found.opened, what, visitorOf(request)))) return sendPage(reply, tooOften);
            return answer(reply, found.opened, request.params.token);
          }),
        );
        // Whether a link still leads somewhere may be asked without looking.
        pages.head<Token>(path, (request, reply) =>
          openInvoiceLink(request.params.token, services.clock, async (found) =>
            withPrivacy(reply)
              .code(found.kind === "open" ? 200 : deadInvoiceLinkPage(found.refusal).status)
              .send(),
          ),
        );
      };
      const fileOr404 = async (reply: FastifyReply, file: HostedFile | null) =>
        file ? sendFile(reply, file) : sendPage(reply, noFile);

      serve("/i/:token", "page", async (reply, opened, token) => sendPage(reply, await invoicePage(opened, token)));
      serve("/i/:token/invoice.pdf", "pdf", async (reply, opened) => fileOr404(reply, await invoiceFileOf(opened)));
      serve("/i/:token/usage.csv", "usage", async (reply, opened) => fileOr404(reply, await usageFileOf(opened)));
    });
  };

const tooOften = noticePage({
  status: 429,
  title: "Too often within a minute",
  text: "This link was used so often within a minute that it rests for a moment. Wait a minute, then load the page again.",
});

const noFile = noticePage({
  status: 404,
  title: "There is no such file",
  text: "This invoice bills no usage that is told by the day. The link to the invoice itself tells how it stands.",
});

const faultPage = (status: number, reference: string) =>
  noticePage({
    status,
    title: status < 500 ? "That could not be read" : "Something went wrong on our side",
    text:
      status < 500
        ? "Open the link from the mail again and try once more."
        : `Try again in a moment. If it stays so, tell whoever sent you the invoice: reference ${reference}.`,
  });
