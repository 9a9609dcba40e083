import { WorkbookError, type WorkbookErrorCode } from "./workbook-error";

const CODES: Readonly<Record<string, WorkbookErrorCode>> = {
  InvalidOperationInCellEditMode: "CELL_IN_EDIT_MODE",
  ActivityLimitReached: "THROTTLED",
  RequestPayloadSizeLimitExceeded: "TOO_LARGE",
  ResponsePayloadSizeLimitExceeded: "TOO_LARGE",
  InvalidOrTimedOutSession: "SESSION_LOST",
  AccessDenied: "SHEET_PROTECTED",
};

/** Turns whatever Excel throws into one of our own, in plain words. */
export function toWorkbookError(error: unknown): WorkbookError {
  if (error instanceof WorkbookError) return error;
  const { code, message } = error as { code?: unknown; message?: unknown };
  const known = typeof code === "string" ? CODES[code] : undefined;
  const detail = [code, message].filter((part) => typeof part === "string").join(": ");
  if (known) return new WorkbookError(known, detail);
  if (typeof navigator !== "undefined" && navigator.onLine === false) return new WorkbookError("OFFLINE", detail);
  return new WorkbookError("UNEXPECTED", detail || String(error));
}

const RETRY_DELAYS_MS = [500, 1500, 4000];

/**
 * Puts something into the queue and sends it. Excel turns a throttled request away as a whole, so the same step can be put
 * into the queue again after a pause.
 */
export async function send<Result>(context: Excel.RequestContext, step: () => Result): Promise<Result> {
  for (let attempt = 0; ; attempt++) {
    const result = step();
    try {
      await context.sync();
      return result;
    } catch (error) {
      const delay = RETRY_DELAYS_MS[attempt];
      if (toWorkbookError(error).code !== "THROTTLED" || delay === undefined) throw error;
      await new Promise((resolve) => setTimeout(resolve, delay));
    }
  }
}
