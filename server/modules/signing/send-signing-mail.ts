import { formatDay } from "../../domain/calendar/format";
import { standingOf } from "../../domain/quote/signing";
import type { Mail, MailTransport } from "../../integrations/email/mail";
import { writeSigningMail } from "../../integrations/email/signing-mail";
import { type Clock, organizationTime } from "../../platform/clock";
import { inTransaction } from "../../platform/database/transaction";
import { newLinkToken } from "../../platform/link-token";
import { loadOrganization, type Organization, parseMailSender } from "../organization";
import { documentsByQuote, quoteDocumentContent } from "../quote";
import { linkExpiryFrom } from "./create-quote-link";
import { addressOfLink } from "./link-address";
import { dayOf, lockRequest, type RequestedSigning, stateOf } from "./lock-signing";
import { insertLink } from "./quote-link.store";
import { signersById } from "./signature-request.store";
import type { Signer, SigningMail } from "./signing";
import { findSigningMail, saveSigningMailOutcome } from "./signing-mail.store";

type Parts = {
  readonly clock: Clock;
  readonly publicUrl: string;
  readonly transports: { readonly [Mode in Organization["mode"]]: MailTransport };
};

/**
 * Sends one mail to a signer: the job send_signing_mail. The message id is made of the mail's own id, so that what went out
 * before a crash is recognized. Each attempt makes a link of its own, as the secret of an earlier one is known to nobody; all
 * of them lead to the page, whichever the mail had that arrived. What passes, such as a server that is away, is tried again.
 */
export async function sendSigningMail(id: string, { clock, publicUrl, transports }: Parts): Promise<void> {
  const organization = await loadOrganization();
  const { now } = organizationTime(clock, organization);
  const mail = await inTransaction(() => prepare(id, { organization, now, publicUrl }));
  if (!mail) return;
  const outcome = await transports[organization.mode].send(mail);
  if (outcome.accepted) {
    const refused = outcome.refused.length > 0 ? `Not delivered to ${outcome.refused.join(", ")}.` : null;
    return saveSigningMailOutcome(id, { status: "sent", error: refused, sentAt: now });
  }
  const isFinal = outcome.outcome === "permanent";
  await saveSigningMailOutcome(id, { status: isFinal ? "failed" : "queued", error: outcome.reason, sentAt: null });
  if (!isFinal) throw new Error(`mail ${id} did not go out: ${outcome.reason}`);
}

type Sending = { readonly organization: Organization; readonly now: Date; readonly publicUrl: string };

/** The mail as it has to be now; null where it went out before, or has become untrue. */
async function prepare(id: string, sending: Sending): Promise<Mail | null> {
  const queued = await findSigningMail(id);
  if (queued?.status !== "queued") return null;
  const signer = (await signersById([queued.signerId])).get(queued.signerId);
  const signing = signer && (await lockRequest(signer.requestId));
  if (!signer || !signing) throw new Error(`the mail ${id} is to no signer`);
  if (signer.email !== queued.recipient || !isStillTrue(queued, signing, sending)) {
    await saveSigningMailOutcome(id, { status: "dropped", error: null, sentAt: null });
    return null;
  }
  const asks = queued.kind === "invitation" || queued.kind === "reminder";
  const url = asks ? await makeLink(signing, signer, sending) : null;
  const { organization, now } = sending;
  const sender = parseMailSender(organization.mailFrom);
  if (!sender) throw new Error(`not a sender: ${organization.mailFrom}`);
  const attachment = queued.kind === "signed" ? await signedPdfOf(signing) : null;
  const { quote, request } = signing;
  return {
    messageId: `signing.${id}@${sender.address.split("@").at(-1)}`,
    date: now,
    from: { name: sender.name ?? organization.legalName, address: sender.address },
    to: [{ name: signer.name, address: queued.recipient }],
    cc: [],
    replyTo: null,
    ...writeSigningMail({
      kind: queued.kind,
      number: quote.number,
      title: signing.version.terms.name,
      sellerName: organization.legalName,
      signerName: signer.name,
      hasSigned: signer.status === "signed",
      message: request.message,
      reason: request.status === "declined" ? "declined" : "withdrawn",
      validUntil: quote.expiresOn && formatDay(quote.expiresOn),
      url,
      pdfFilename: attachment?.filename ?? null,
      brandColour: organization.brandColor,
    }),
    attachments: attachment ? [attachment] : [],
  };
}

/** Between the queueing and now somebody may have signed, voided or replaced it. */
function isStillTrue(
  { kind, signerId }: SigningMail,
  signing: RequestedSigning,
  { organization, now }: Sending,
): boolean {
  switch (kind) {
    case "invitation":
    case "reminder":
      return standingOf(stateOf(signing), signerId, dayOf(now, organization)).kind === "to_sign";
    case "signed":
      return signing.request.status === "completed";
    case "withdrawn":
      return signing.request.status === "withdrawn" || signing.request.status === "declined";
  }
}

async function makeLink(
  { quote, version }: RequestedSigning,
  signer: Signer,
  { organization, now, publicUrl }: Sending,
): Promise<string> {
  const { token, hash: tokenHash } = newLinkToken(organization.id);
  const link = { quoteId: quote.id, versionId: version.id, purpose: "sign", signerId: signer.id } as const;
  await insertLink({ ...link, expiresAt: linkExpiryFrom(now), tokenHash, createdBy: "Billgrid" }, now);
  return addressOfLink(publicUrl, token);
}

async function signedPdfOf({ quote, version }: RequestedSigning) {
  const documents = (await documentsByQuote([quote.id])).get(quote.id) ?? [];
  const signed = documents.find(({ kind, versionOrdinal }) => kind === "signed" && versionOrdinal === version.ordinal);
  const content = signed && (await quoteDocumentContent(signed.id));
  if (!signed || !content) throw new Error(`the quote ${quote.id} has no signed document`);
  return { filename: signed.fileName, content, contentType: signed.contentType };
}
