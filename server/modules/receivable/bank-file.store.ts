import { createHash } from "node:crypto";
import type { CurrencyCode } from "../../domain/money/currency";
import type { BankFileFormat, BankFileLine } from "../../domain/receivable/bank-file";
import { organizationId, query } from "../../platform/database/transaction";
import { isId, newId } from "../../platform/ids";
import type { BankAccount, BankFile } from "./bank-line";
import type { LedgerScope } from "./receivable";

const ACCOUNT = `id, name, currency, file_format AS "fileFormat", version`;

export async function listBankAccounts(): Promise<BankAccount[]> {
  const { rows } = await query<BankAccount>(`SELECT ${ACCOUNT} FROM bank_account ORDER BY name`);
  return rows;
}

/** A batch: bank accounts by id. */
export async function bankAccountsById(ids: readonly string[]): Promise<ReadonlyMap<string, BankAccount>> {
  const { rows } = await query<BankAccount>({
    name: "bank-accounts-by-id",
    text: `SELECT ${ACCOUNT} FROM bank_account WHERE id = ANY ($1::uuid[])`,
    values: [ids.filter(isId)],
  });
  return new Map(rows.map((row) => [row.id, row]));
}

/** Held until the end of the transaction, so that of two files at once one sees the lines of the other. */
export async function lockBankAccount(id: string): Promise<BankAccount | null> {
  const { rows } = await query<BankAccount>(`SELECT ${ACCOUNT} FROM bank_account WHERE id = $1 FOR UPDATE`, [id]);
  return rows[0] ?? null;
}

/** False where another account has the name. */
export async function insertBankAccount(account: {
  readonly id: string;
  readonly name: string;
  readonly currency: CurrencyCode;
}): Promise<boolean> {
  const { rowCount } = await query(
    `INSERT INTO bank_account (organization_id, id, name, currency) VALUES ($1, $2, $3, $4)
     ON CONFLICT (organization_id, name) DO NOTHING`,
    [organizationId(), account.id, account.name, account.currency],
  );
  return rowCount === 1;
}

export async function saveFileFormat(id: string, format: BankFileFormat): Promise<void> {
  await query(
    "UPDATE bank_account SET file_format = $2, version = version + 1 WHERE id = $1 AND file_format IS DISTINCT FROM $2::jsonb",
    [id, JSON.stringify(format)],
  );
}

const FILE = `id, bank_account_id AS "bankAccountId", file_name AS "fileName", line_count AS "lineCount", duplicate_count AS "duplicateCount",
  imported_by AS "importedBy", imported_at AS "importedAt"`;

/** A batch: imported files by id. */
export async function bankFilesById(ids: readonly string[]): Promise<ReadonlyMap<string, BankFile>> {
  const { rows } = await query<BankFile>({
    name: "bank-files-by-id",
    text: `SELECT ${FILE} FROM bank_file WHERE id = ANY ($1::uuid[])`,
    values: [ids.filter(isId)],
  });
  return new Map(rows.map((row) => [row.id, row]));
}

export const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");

/** The file of this content that the account has already. */
export async function findBankFileId(bankAccountId: string, contentHash: string): Promise<string | null> {
  const { rows } = await query<{ id: string }>(
    "SELECT id FROM bank_file WHERE bank_account_id = $1 AND content_hash = $2",
    [bankAccountId, contentHash],
  );
  return rows[0]?.id ?? null;
}

/** Of several lines alike in a file, each is one payment; the same lines in another file are the same payments. */
function lineHashes(lines: readonly BankFileLine[]): string[] {
  const seen = new Map<string, number>();
  return lines.map(({ bookedOn, amount, currency, payerName, payerAccount, reference }) => {
    const content = JSON.stringify([bookedOn, amount.toFixed(), currency, payerName, payerAccount, reference]);
    const count = (seen.get(content) ?? 0) + 1;
    seen.set(content, count);
    return hashOf(`${count} ${content}`);
  });
}

/** Writes a file and those of its lines that no earlier file of the account had; under the lock of the account. */
export async function insertBankFile(
  file: { readonly bankAccountId: string; readonly fileName: string; readonly contentHash: string },
  lines: readonly BankFileLine[],
  { now, recordedBy }: LedgerScope,
): Promise<BankFile> {
  const hashes = lineHashes(lines);
  const { rows: known } = await query<{ hash: string }>(
    "SELECT line_hash AS hash FROM bank_line WHERE bank_account_id = $1 AND line_hash = ANY ($2::text[])",
    [file.bankAccountId, hashes],
  );
  const before = new Set(known.map(({ hash }) => hash));
  const added = [...lines.entries()].filter(([place]) => !before.has(hashes[place] ?? ""));
  const inserted: BankFile = {
    id: newId(),
    bankAccountId: file.bankAccountId,
    fileName: file.fileName,
    lineCount: lines.length,
    duplicateCount: lines.length - added.length,
    importedBy: recordedBy,
    importedAt: now,
  };
  await query(
    `INSERT INTO bank_file (organization_id, id, bank_account_id, file_name, content_hash, line_count, duplicate_count, imported_by, imported_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      organizationId(),
      inserted.id,
      file.bankAccountId,
      file.fileName,
      file.contentHash,
      inserted.lineCount,
      inserted.duplicateCount,
      recordedBy,
      now,
    ],
  );
  await query(
    `INSERT INTO bank_line (organization_id, id, bank_account_id, bank_file_id, ordinal, line_hash, booked_on, amount, currency, payer_name,
       payer_account, reference, status)
     SELECT $1, id, $2, $3, ordinal, line_hash, booked_on, amount, currency, payer_name, payer_account, reference,
       CASE WHEN amount < 0 THEN 'outgoing' ELSE 'to_match' END
     FROM unnest($4::uuid[], $5::int[], $6::text[], $7::date[], $8::numeric[], $9::text[], $10::text[], $11::text[], $12::text[])
       AS line (id, ordinal, line_hash, booked_on, amount, currency, payer_name, payer_account, reference)`,
    [
      organizationId(),
      file.bankAccountId,
      inserted.id,
      added.map(() => newId()),
      added.map(([, { row }]) => row),
      added.map(([place]) => hashes[place]),
      added.map(([, { bookedOn }]) => bookedOn),
      added.map(([, { amount }]) => amount.toFixed()),
      added.map(([, { currency }]) => currency),
      added.map(([, { payerName }]) => payerName),
      added.map(([, { payerAccount }]) => payerAccount),
      added.map(([, { reference }]) => reference),
    ],
  );
  return inserted;
}
