import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { runInThisContext } from "node:vm";
import { startEngine } from "../../../excel-addin/workbench/calculation/engine";
import { SheetCalculator } from "../../../excel-addin/workbench/calculation/sheet-calculator";
import { type EventMessage, HostSession, type RichApiAnswer } from "../../../excel-addin/workbench/host/host-session";
import { Workbook } from "../../../excel-addin/workbench/model/workbook";

const require = createRequire(import.meta.url);

interface OfficeExtension {
  readonly SessionBase: { _overrideSession: unknown };
  readonly RichApiMessageUtility: {
    buildMessageArrayForIRequestExecutor(
      customData: string,
      flags: number,
      message: unknown,
      source: string,
    ): unknown[];
    buildResponseOnSuccess(body: string, headers: null): object;
    buildResponseOnError(code: number, message: string): { ErrorCode: string; HttpStatusCode: number };
  };
  _testSetRichApiMessageReadyImpl(ready: () => Promise<void>): void;
  _testTriggerRichApiMessageEvent(message: { entries: object[] }): void;
}

let isLoaded = false;

/** Microsoft's own client, unmodified, loaded once into this process; the browser and its frames are left out. */
function loadClient(): OfficeExtension {
  const scope = globalThis as unknown as Record<string, unknown>;
  if (!isLoaded) {
    startEngine(readFileSync(require.resolve("@ironcalc/wasm/wasm_bg.wasm")));
    runInThisContext("var window = globalThis; var OSF = {}; globalThis.navigator ??= { userAgent: '' };");
    runInThisContext(readFileSync(require.resolve("@microsoft/office-js/dist/excel-web-16.00.js"), "utf8"));
    isLoaded = true;
  }
  return scope["OfficeExtension"] as OfficeExtension;
}

/** A fresh workbook with the real client on top of it: from here on the global `Excel` works on it. */
export function openWorkbook(): { workbook: Workbook; session: HostSession } {
  const client = loadClient();
  const workbook = new Workbook("Book1.xlsx", new SheetCalculator());
  const session = new HostSession(workbook);
  const ready = Promise.resolve();
  client.SessionBase._overrideSession = {
    _resolveRequestUrlAndHeaderInfo: () => Promise.resolve(null),
    _createRequestExecutorOrNull: () => ({
      executeAsync: async (customData: string, flags: number, message: unknown) => {
        const request = client.RichApiMessageUtility.buildMessageArrayForIRequestExecutor(
          customData,
          flags,
          message,
          "test",
        );
        return toResponse(client, await session.executeRichApi(request));
      },
    }),
  };
  client._testSetRichApiMessageReadyImpl(() => ready);
  session.onEvents((messages) => client._testTriggerRichApiMessageEvent({ entries: messages.map(toEntry) }));
  return { workbook, session };
}

function toResponse(client: OfficeExtension, answer: RichApiAnswer): object {
  if ("body" in answer) return client.RichApiMessageUtility.buildResponseOnSuccess(answer.body, null);
  const response = client.RichApiMessageUtility.buildResponseOnError(answer.error, "");
  // The library's own executor, which is left out here, gives this one number its name.
  return answer.error === 5004
    ? { ...response, ErrorCode: "InvalidOperationInCellEditMode", HttpStatusCode: 400 }
    : response;
}

const toEntry = ([messageCategory, messageType, targetId, message, id]: EventMessage): object => ({
  messageCategory,
  messageType,
  targetId,
  message,
  id,
});
