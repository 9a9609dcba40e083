import { type MailText, oneLine, writeMail } from "./mail-layout";

export type SigningMailFacts = {
  kind: "invitation" | "reminder" | "signed" | "withdrawn";
  /** "Q-00042" */
  number: string;
  /** As people call it: "Acme 2027" */
  title: string;
  sellerName: string;
  signerName: string;
  /** Whoever signed already is told what becomes of the signature. */
  hasSigned: boolean;
  /** From the sender, in their own words. */
  message: string | null;
  /** Of what is off: taken back by the seller, or declined by another signer. */
  reason: "withdrawn" | "declined";
  /** Ready to print; null: without a limit */
  validUntil: string | null;
  /** Where it is signed; null where nothing is to be signed. */
  url: string | null;
  pdfFilename: string | null;
  /** "#RRGGBB" */
  brandColour: string | null;
};

/** The mails to somebody who signs an offer. Facts in, texts out. */
export const writeSigningMail = (given: SigningMailFacts): MailText => {
  const [number, title, sellerName, signerName] = [given.number, given.title, given.sellerName, given.signerName].map(
    oneLine,
  ) as [string, string, string, string];
  const facts = { ...given, number, title, sellerName, signerName };
  const { subject, lead, footnote } = wordsOf(facts);
  const isAsked = given.kind === "invitation" || given.kind === "reminder";
  return writeMail({
    subject,
    sellerName,
    brandColour: given.brandColour,
    headline: { label: "Offer", value: title },
    rows: [
      ["Number", number],
      ["From", sellerName],
      ...(isAsked && given.validUntil ? ([["To sign until", given.validUntil]] as const) : []),
    ],
    paragraphs: [`Hello ${signerName},`, ...lead, ...(isAsked && given.message ? given.message.split(/\n+/) : [])],
    action: given.url ? { label: "Read and sign the offer", url: given.url } : null,
    closing: "Kind regards",
    footnote,
  });
};

const wordsOf = (facts: SigningMailFacts): { subject: string; lead: readonly string[]; footnote: string | null } => {
  const { kind, number, title, sellerName, hasSigned, reason, pdfFilename } = facts;
  const personal =
    "The link is for you alone: whoever has it can sign in your name, so please do not forward this mail.";
  switch (kind) {
    case "invitation":
      return {
        subject: `Please sign: ${title} (${number}) from ${sellerName}`,
        lead: [
          `${sellerName} asks you to sign offer ${number}. You can read it on your phone or computer and sign it there; you need no account.`,
        ],
        footnote: personal,
      };
    case "reminder":
      return {
        subject: `Reminder: ${title} (${number}) waits for your signature`,
        lead: [`Offer ${number} from ${sellerName} is waiting for your signature.`],
        footnote: personal,
      };
    case "signed":
      return {
        subject: `Signed: ${title} (${number}) from ${sellerName}`,
        lead: [
          `Everybody has signed offer ${number}. The signed document is attached; the record at its end says who signed when and how.`,
        ],
        footnote: pdfFilename && `Attached: ${oneLine(pdfFilename)}`,
      };
    case "withdrawn":
      return {
        subject: `No longer to be signed: ${title} (${number}) from ${sellerName}`,
        lead: [
          reason === "declined"
            ? `Offer ${number} was declined by another signer, so it is no longer to be signed.`
            : `${sellerName} has taken back this version of offer ${number}, so it is no longer to be signed.`,
          hasSigned
            ? "Your signature on it does not count. If there is a new version, you will be asked to sign that one."
            : "You need not do anything. If there is a new version, you will get a new mail.",
        ],
        footnote: null,
      };
  }
};
