import { insertMember } from "../../../server/modules/access/access.store";
import { createAccount, joinOrganization } from "../../../server/modules/access/account.store";
import { hashPassword } from "../../../server/modules/access/password";
import type { Role } from "../../../server/platform/access";
import { inTransaction, runAs } from "../../../server/platform/database/transaction";
import { newId } from "../../../server/platform/ids";
import type { Answer, Client, TestApi } from "../../testkit/api";
import { type QuoteWorld, simpleQuote } from "../quote/quote-world";

/** Somebody who is signed in. */
export type Person = Client & { readonly id: string; readonly name: string; readonly email: string };

const PASSWORD = "correct horse battery staple";
let people = 0;

/** A new member of an organization. */
export async function newMember(api: TestApi, organizationId: string, role: Role, name: string): Promise<Person> {
  const email = `${name.toLowerCase().replaceAll(" ", ".")}.${++people}@seller.example`;
  const passwordHash = await hashPassword(PASSWORD);
  const id = newId();
  await runAs(organizationId, () =>
    inTransaction(async () => {
      const { accountId } = await createAccount(email, passwordHash, new Date());
      await insertMember({ id, accountId, name, email, role, createdAt: new Date() });
      await joinOrganization(accountId, organizationId);
    }),
  );
  const { signIn } = await api
    .client(null)
    .data("mutation ($input: SignInInput!) { signIn(input: $input) { ... on SignInSuccess { token } } }", {
      input: { email, password: PASSWORD },
    });
  return { ...api.client(signIn.token), id, name, email };
}

export const FINANCE = { role: "FINANCE" };
export const ADMIN = { role: "ADMIN" };

/** A rule of finance, that asks finance unless said. */
export async function newRule(world: QuoteWorld, name: string, condition: object, more: object = {}): Promise<Answer> {
  const { approvalRule } = await world.finance.done("createApprovalRule", "approvalRule { id version position }", {
    name,
    condition,
    approvers: [FINANCE],
    ...more,
  });
  return approvalRule;
}

/** A draft with so many percent off the seats. */
export const quoteWithDiscount = (world: QuoteWorld, percent: string, terms: object = {}, more: object = {}) =>
  simpleQuote(
    world,
    {
      phases: [
        {
          startsOn: "2027-01-01",
          lines: [
            { priceId: world.prices.fee.id },
            { priceId: world.prices.seats.id, quantity: "10", discounts: [{ description: "Launch", percent }] },
          ],
        },
      ],
      ...terms,
    },
    more,
  );

const QUOTE = `query ($id: ID!) { quote(id: $id) { id number status statusReason current { ordinal revision }
  approvals { id position ruleName reason status decidedBy comment approver { name } }
  submissions { versionOrdinal revision submittedBy approvals { reason status } } history { kind actor reason } } }`;

export const read = async (client: Client, { id }: { readonly id: string }): Promise<Answer> =>
  (await client.data(QUOTE, { id })).quote;

/** As short as it gets: "finance: Discount 22 % is over 15 % PENDING". */
export const inShort = ({ approvals }: Answer): string[] =>
  approvals.map(({ approver, reason, status }: Answer) => `${approver.name}: ${reason} ${status}`);

export const submit = (client: Client, { id }: { readonly id: string }): Promise<Answer> =>
  client.command("submitQuote", "quote { status }", { quoteId: id });

/** Approves, or rejects, just what is there now. */
export async function decide(
  client: Client,
  act: "approveQuote" | "rejectQuote",
  { id }: { readonly id: string },
  more: object = {},
): Promise<Answer> {
  const { current } = await read(client, { id });
  const said = act === "rejectQuote" ? { reason: "Too cheap." } : {};
  return client.command(act, "quote { status statusReason } approval { status }", {
    quoteId: id,
    versionOrdinal: current.ordinal,
    revision: current.revision,
    ...said,
    ...more,
  });
}
export const approve = (client: Client, quote: { readonly id: string }, more: object = {}) =>
  decide(client, "approveQuote", quote, more);
export const reject = (client: Client, quote: { readonly id: string }, more: object = {}) =>
  decide(client, "rejectQuote", quote, more);

/** Another discount on the seats, which makes a draft of the quote. */
export async function changeDiscount(client: Client, { id }: { readonly id: string }, percent: string): Promise<void> {
  const { quote } = await client.data(
    "query ($id: ID!) { quote(id: $id) { current { ordinal revision terms { ... on QuoteSaleTerms { phases { lines { id } } } } } } }",
    { id },
  );
  const { ordinal, revision, terms } = quote.current;
  await client.done("setQuoteLineDiscounts", "quote { status }", {
    quoteId: id,
    versionOrdinal: ordinal,
    revision,
    lineId: terms.phases[0].lines[1].id,
    discounts: [{ description: "Launch", percent }],
  });
}
