import { appendSignatures } from "../../integrations/pdf/append-signatures";
import type { Signature, SignerRecord } from "../../integrations/pdf/signature-record";
import { loadOrganization } from "../organization";
import { quoteDocumentContent } from "../quote";
import type { RequestedSigning, SigningScope } from "./lock-signing";
import { drawingsOf, offerOfRequest } from "./signature-request.store";
import type { Signer } from "./signing";
import { historyOf } from "./signing-history";

/** The offer's very bytes with every signature on them, and a page that says how they were given. */
export async function signedDocumentOf(
  signing: RequestedSigning,
  completedAt: Date,
  { timeZone }: Pick<SigningScope, "timeZone">,
): Promise<Buffer> {
  const { quote, version, request, signers } = signing;
  const offer = await quoteDocumentContent(request.documentId);
  if (!offer) throw new Error(`the offer ${request.documentId} is gone`);
  const document = await offerOfRequest(request.id);
  const { legalName, brandColor } = await loadOrganization();
  const drawings = await drawingsOf(request.id);
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
    events: await historyOf(signing),
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
