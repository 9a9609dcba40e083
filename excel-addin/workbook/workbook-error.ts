export type WorkbookErrorCode =
  | "CELL_IN_EDIT_MODE"
  | "THROTTLED"
  | "TOO_LARGE"
  | "SESSION_LOST"
  | "OFFLINE"
  | "SHEET_PROTECTED"
  | "TABLE_NOT_FOUND"
  | "COLUMN_NOT_FOUND"
  | "UNEXPECTED";

const MESSAGES: Readonly<Record<WorkbookErrorCode, string>> = {
  CELL_IN_EDIT_MODE: "A cell is being edited. Press Enter or Esc in the sheet, then try again.",
  THROTTLED: "Excel is busy and asked to slow down. Wait a moment, then try again.",
  TOO_LARGE: "This is more than Excel accepts at once. Narrow the view or its columns, then try again.",
  SESSION_LOST: "The connection to the workbook was lost. Reload the workbook, then try again. What you typed is kept.",
  OFFLINE: "Excel cannot reach the workbook. Check the network, then try again.",
  SHEET_PROTECTED: "The sheet is protected. Unprotect it on the Review tab, then try again.",
  TABLE_NOT_FOUND: "This table is no longer in the workbook. Pull the view again to create it.",
  COLUMN_NOT_FOUND: "A column of this table was deleted. Pull the view again to bring it back.",
  UNEXPECTED: "Excel refused the operation.",
};

const RETRYABLE: ReadonlySet<WorkbookErrorCode> = new Set(["CELL_IN_EDIT_MODE", "THROTTLED", "OFFLINE"]);

/** Why the workbook could not do what was asked; `message` is in plain words, to be shown as it is. */
export class WorkbookError extends Error {
  readonly isRetryable: boolean;

  constructor(
    readonly code: WorkbookErrorCode,
    /** What Excel itself said, for the log. */
    readonly detail?: string,
  ) {
    super(code === "UNEXPECTED" && detail ? `${MESSAGES[code]} (${detail})` : MESSAGES[code]);
    this.name = "WorkbookError";
    this.isRetryable = RETRYABLE.has(code);
  }
}
