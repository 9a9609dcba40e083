import { appendSignatures } from "../../integrations/pdf/append-signatures";
import type { Signature, SignerRecord } from "../../integrations/pdf/signature-record";
import { loadOrganization } from "../organization";
import { eventsByQuote, quoteDocumentContent } from "../quote";
import type { RequestedSigning, SigningScope } from "./lock-signing";
import { drawingsOf, offerOfRequest } from "./signature-request.store";
import type { Signer } from "./signing";

/** The offer's very bytes with every signature on them, and a page that says how they were given. */
export async function signedDocumentOf(
  { quote, version, request, signers }: RequestedSigning,
  completedAt: Date,
  { timeZone }: Pick<SigningScope, "timeZone">,
): Promise<Buffer> {
  const offer = await quoteDocumentContent(request.documentId);
  if (!offer) throw new Error(`the offer ${request.documentId} is gone`);
  const document = await offerOfRequest(request.id);
  const { legalName, brandColor } = await loadOrganization();
  const drawings = await drawingsOf(request.id);
  const events = (await eventsByQuote([quote.id])).get(quote.id) ?? [];
  return appendSignatures(offer, {
    locale: document.locale,
    paper: document.paper,
    title: document.title,
    number: quote.number,
    version: version.ordinal,
    seller: { legalName, brandColour: brandColor },
    offerSha256: request.documentSha256,
    ids: [
      { label: "Quote", value: quote.id },
      { label: "Signature request", value: request.id },
    ],
    signers: signers.map((signer) =>
      recordOf(
        signer,
        signatureOf(signer, drawings.get(signer.id) ?? null),
        signer.party === "seller" ? legalName : document.customer.legalName,
      ),
    ),
    events: events
      .filter(({ versionOrdinal }) => versionOrdinal === version.ordinal)
      .flatMap(({ kind, actor, happenedAt }) => {
        const what = kind === "sent" ? `Sent by ${actor}` : kind === "viewed" ? `Viewed by ${actor}` : null;
        return what === null ? [] : [{ at: happenedAt, what }];
      }),
    timeZone,
    completedAt,
  });
}

function recordOf(signer: Signer, signature: Signature, company: string): SignerRecord {
  const { position: order, name, title, email, consent, signedAt, ip, browser } = signer;
  if (email === null || consent === null || signedAt === null) throw new Error(`${name} did not sign on our page`);
  const identifiedBy = `By the link sent to ${email}`;
  return { order, name, title, company, email, signature, consent, signedAt, ip, browser, identifiedBy };
}

function signatureOf({ signatureText, name }: Signer, png: Buffer | null): Signature {
  if (png) return { kind: "drawn", png };
  if (signatureText === null) throw new Error(`${name} did not sign on our page`);
  return { kind: "typed", text: signatureText };
}
