import type { PlainMonth } from "../../domain/calendar/plain-month";
import type { Finding } from "../../domain/close/checklist";
import { currency as currencyOf } from "../../domain/money/currency";
import { money, moneyText } from "../../domain/money/money";
import { type IssuedDocument, unsentDocuments, unsyncedDocuments } from "./findings.store";

/** Documents of the month, or of one before it, whose last mail failed, bounced or may not have arrived. */
export async function sendsFailed(month: PlainMonth): Promise<Finding[]> {
  const documents = await unsentDocuments(month);
  return documents.map((document) => ({
    ...ofDocument(document),
    problem:
      document.state === "uncertain"
        ? "It was handed to the mail server without an answer; nobody knows whether it arrived."
        : (document.message ?? "The mail failed."),
    remedy:
      document.state === "uncertain"
        ? "Find out whether it arrived, and say so; or let it pass, with a reason."
        : "Correct the address and send it again; or let it pass, with a reason.",
  }));
}

/** Documents of the month, or of one before it, that accounting refused or has not got yet. */
export async function syncsFailed(month: PlainMonth): Promise<Finding[]> {
  const documents = await unsyncedDocuments(month);
  return documents.map((document) => ({
    ...ofDocument(document),
    problem: document.message ?? "It waits to be passed on to accounting.",
    remedy: "Mend what it says and pass it on again; or let it pass, with a reason.",
  }));
}

const ofDocument = ({ id, number, customerName, netTotal, currency }: IssuedDocument) => ({
  subjectId: id,
  subject: `${number}, ${customerName}`,
  amount: moneyText(money(netTotal, currencyOf(currency))),
  currency,
});
