import type { Finding } from "../../domain/close/checklist";
import { currency } from "../../domain/money/currency";
import { money, moneyText } from "../../domain/money/money";
import { KIND_WORDS, pendingRequests } from "../second-person";

/** What a second person was asked for and has not decided. */
export async function requestsPending(): Promise<Finding[]> {
  const requests = await pendingRequests();
  return requests.map(({ id, kind, amount, currency: code, requestedBy, reason }) => ({
    subjectId: id,
    subject: `${KIND_WORDS[kind]}, asked for by ${requestedBy}`,
    problem: `Nobody else has decided: ${reason}`,
    remedy: "Decide it, or take the request back.",
    amount: moneyText(money(amount, currency(code))),
    currency: code,
  }));
}
