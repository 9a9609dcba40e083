import type { PlainDate } from "../../domain/calendar/plain-date";
import type { CurrencyCode } from "../../domain/money/currency";
import type { BankFileFormat } from "../../domain/receivable/bank-file";

export type BankAccount = {
  readonly id: string;
  readonly name: string;
  readonly currency: CurrencyCode;
  /** how its last file was written; null: none was imported */
  readonly fileFormat: BankFileFormat | null;
  readonly version: number;
};

export type BankFile = {
  readonly id: string;
  readonly bankAccountId: string;
  readonly fileName: string;
  readonly lineCount: number;
  /** lines that an earlier file had */
  readonly duplicateCount: number;
  readonly importedBy: string;
  readonly importedAt: Date;
};

/** `to_match`: nobody has said yet what it pays; `outgoing`: money that went out; `ignored`: nothing that customers owe. */
export type BankLineStatus = "to_match" | "outgoing" | "recorded" | "ignored";

export type BankLine = {
  readonly id: string;
  readonly bankAccountId: string;
  readonly bankFileId: string;
  readonly ordinal: number;
  readonly bookedOn: PlainDate;
  readonly amount: string;
  readonly currency: CurrencyCode;
  readonly payerName: string;
  readonly payerAccount: string;
  readonly reference: string;
  readonly status: BankLineStatus;
  readonly paymentId: string | null;
  readonly decidedBecause: string | null;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
};
