import type { Answer, TestApi } from "../../testkit/api";
import { type QuoteWorld, simpleQuote } from "../quote/quote-world";

/** Hands a draft in, sends it, and notes that it came back signed on paper. */
export async function sign(api: TestApi, { sales }: QuoteWorld, quoteId: string): Promise<Answer> {
  const submitted = await sales.done("submitQuote", "quote { version status }", { quoteId });
  if (submitted.quote.status !== "APPROVED") throw new Error("somebody has to approve the quote first");
  await sales.done("sendQuote", "quote { id }", { quoteId, version: submitted.quote.version, provider: "PAPER" });
  const scan = await fetch(`${api.url}/quotes/${quoteId}/paper-scans?fileName=signed.pdf`, {
    method: "POST",
    headers: { authorization: `Bearer ${sales.token}`, "content-type": "application/pdf" },
    body: "%PDF-1.4\nsigned\n%%EOF",
  });
  const { scanId } = (await scan.json()) as { readonly scanId: string };
  const signers = [{ name: "Ada Byron", signedOn: "2026-11-03" }];
  const input = { quoteId, scanId, signers };
  return (await sales.done("recordPaperSignature", "quote { id number version status }", input)).quote;
}

/** The simple quote of a world, with other terms where they are given, signed by everybody. */
export async function signedQuote(
  api: TestApi,
  world: QuoteWorld,
  terms: object = {},
  more: object = {},
): Promise<Answer> {
  return sign(api, world, (await simpleQuote(world, terms, more)).id);
}

/** A contract with everything about it that a quote decides. */
export const EXECUTED = `quote { id number status version customer { id legalName } prospect { legalName } contract { id } history { kind actor facts } }
  contract { id number name version currency startsOn endsBefore poNumber paymentTerms { kind days } customer { id legalName externalId contacts { name email isPrimary } aliases { alias startsOn endsBefore } }
    renewal { months noticeDays upliftPercent }
    quote { number } documents { kind fileName } differencesFromQuote { kind inWords }
    schedule { status revision phases { name startsOn endsBefore charges { description quantity isFreeTrial discounts { description percent } } }
      minimums { description amount { amount } } maximums { description } } }
  amendment { id } warnings { code path }`;

export const execute = (world: QuoteWorld, quote: Answer, more: object = {}): Promise<Answer> =>
  world.finance.command("executeQuote", EXECUTED, { quoteId: quote.id, version: quote.version, ...more });
