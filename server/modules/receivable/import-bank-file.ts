import { type CurrencyCode, currency, parseCurrency } from "../../domain/money/currency";
import type { BankFileFormat } from "../../domain/receivable/bank-file";
import { ok } from "../../domain/result";
import { isId, newId } from "../../platform/ids";
import { InputProblems } from "../../platform/input-problems";
import { conflict, invalid, invalidInput, notFound } from "../../platform/refusal";
import {
  findBankFileId,
  hashOf,
  insertBankAccount,
  insertBankFile,
  lockBankAccount,
  saveFileFormat,
} from "./bank-file.store";
import { parseBankFile, problemsOf } from "./parse-bank-file";
import { paymentCommand } from "./payment-command";

export const CONTENT_MAXIMUM = 1_000_000;
export const LINES_MAXIMUM = 10_000;

export const createBankAccount = paymentCommand({
  name: "createBankAccount",
  run: async ({ name, currency: code }: { readonly name: string; readonly currency: string }, { note }) => {
    const problems = new InputProblems();
    problems.checkText(name, "The name", 100, "name");
    const parsed = parseCurrency(code);
    if (!parsed.ok) problems.report("CURRENCY_UNKNOWN", `"${code}" is not an ISO 4217 currency code.`, "currency");
    if (!problems.isEmpty || !parsed.ok) return invalidInput(problems.found);
    const account = { id: newId(), name, currency: parsed.value.code };
    if (!(await insertBankAccount(account))) {
      return conflict("BANK_ACCOUNT_NAME_TAKEN", `There is a bank account "${name}" already.`, ["name"]);
    }
    note({ action: "bank_account.created", subjectType: "bank_account", subjectId: account.id, after: account });
    return ok({ bankAccountId: account.id });
  },
});

export type BankFileToImport = {
  readonly bankAccountId: string;
  readonly fileName: string;
  readonly content: string;
  /** what is not said is as in the account's last file, else found out */
  readonly format: Partial<BankFileFormat>;
};

/** Takes in a file's lines, each once however many files have it. The same file again changes nothing. */
export const importBankFile = paymentCommand({
  name: "importBankFile",
  mayChangeNothing: true,
  run: async ({ bankAccountId, fileName, content, format }: BankFileToImport, { today, scope, note }) => {
    const problems = new InputProblems();
    problems.checkText(fileName, "The file name", 200, "fileName");
    if (content.trim() === "") problems.report("FILE_EMPTY", "The file is empty.", "content");
    if (content.length > CONTENT_MAXIMUM) {
      problems.report(
        "FILE_TOO_LARGE",
        `The file has more than ${CONTENT_MAXIMUM} characters; import it in parts.`,
        "content",
      );
    }
    if (!problems.isEmpty) return invalidInput(problems.found);
    const account = isId(bankAccountId) ? await lockBankAccount(bankAccountId) : null;
    if (!account) return notFound("bank account", bankAccountId, ["bankAccountId"]);
    const contentHash = hashOf(content);
    const before = await findBankFileId(account.id, contentHash);
    if (before !== null) return ok({ bankFileId: before, wasImportedBefore: true });

    const known = { ...account.fileFormat, ...definedOf(format) };
    const facts = { currency: currency(account.currency), today };
    const read = parseBankFile(content, known, facts);
    // The bank may write its files otherwise by now: what was said holds, what was saved is found out anew.
    const again = read.ok || account.fileFormat === null ? read : parseBankFile(content, definedOf(format), facts);
    if (!again.ok) return invalidInput(problemsOf(again.error));
    const { lines } = again.value;
    if (lines.length === 0)
      return invalid("FILE_WITHOUT_LINES", "The file has no line with a day and an amount.", ["content"]);
    if (lines.length > LINES_MAXIMUM) {
      return invalid("FILE_TOO_LONG", `The file has ${lines.length} lines; the limit is ${LINES_MAXIMUM}.`, [
        "content",
      ]);
    }
    const odd = lines.find((line) => !isWritable(line.amount.decimalPlaces(), line.currency));
    if (odd) {
      const message = `Line ${odd.row}: ${odd.amount.toFixed()} ${odd.currency} is no amount of a currency.`;
      return invalid("AMOUNT_UNREADABLE", message, ["content", String(odd.row)]);
    }
    const file = await insertBankFile({ bankAccountId: account.id, fileName, contentHash }, lines, scope);
    await saveFileFormat(account.id, again.value.format);
    const { id, lineCount, duplicateCount } = file;
    note({
      action: "bank_file.imported",
      subjectType: "bank_file",
      subjectId: id,
      after: { bankAccountId, fileName, lineCount, duplicateCount },
    });
    return ok({ bankFileId: id, wasImportedBefore: false });
  },
});

function isWritable(decimals: number, code: string): boolean {
  const parsed = parseCurrency(code);
  return parsed.ok && decimals <= currency(code as CurrencyCode).minorUnits;
}

const definedOf = (format: Partial<BankFileFormat>): Partial<BankFileFormat> =>
  Object.fromEntries(Object.entries(format).filter(([, value]) => value !== undefined && value !== null));
