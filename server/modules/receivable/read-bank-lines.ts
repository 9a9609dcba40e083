import { type PageArgs, toConnection, toPage } from "../../platform/graphql/paging";
import type { RequestContext } from "../../platform/request-context";
import { bankAccountsById, bankFilesById, listBankAccounts } from "./bank-file.store";
import type { BankAccount, BankFile, BankLine } from "./bank-line";
import { type BankLineFilter, bankLinesById, listBankLines } from "./bank-line.store";
import { type LineSuggestion, suggestionsByLine } from "./match-bank-lines";

export function readBankAccounts(context: RequestContext): Promise<BankAccount[]> {
  context.require("read");
  return listBankAccounts();
}

export function findBankFile(context: RequestContext, id: string): Promise<BankFile | null> {
  context.require("read");
  return context.load(bankFilesById, id);
}

export async function readBankLines(context: RequestContext, args: PageArgs, filter: BankLineFilter) {
  context.require("read");
  const page = toPage(args, ["text", "id"]);
  return toConnection(page, await listBankLines(filter, page), ({ bookedOn, id }) => [bookedOn, id]);
}

export const bankAccountOf = (context: RequestContext, id: string): Promise<BankAccount> =>
  context.mustLoad(bankAccountsById, id);

export const bankFileOf = (context: RequestContext, id: string): Promise<BankFile> =>
  context.mustLoad(bankFilesById, id);

export const bankLineOf = (context: RequestContext, id: string): Promise<BankLine> =>
  context.mustLoad(bankLinesById, id);

export async function suggestionsOf(context: RequestContext, { id }: BankLine): Promise<readonly LineSuggestion[]> {
  return (await context.load(suggestionsByLine, id)) ?? [];
}
