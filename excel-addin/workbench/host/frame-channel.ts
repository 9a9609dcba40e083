import type { EventMessage, HostSession } from "./host-session";

/** The other end of Office.js in a browser: it speaks by messages between the frame of the add-in and the page around it. */

const MessageType = { Request: 0, Response: 1 } as const;
const ActionType = { Invoke: 0, Register: 1, Unregister: 2 } as const;
const ResponseType = { Reply: 0, Event: 1 } as const;

const DispatchId = {
  LoadSettings: 75,
  SaveSettings: 76,
  FileProperties: 86,
  RichApi: 93,
  RibbonCommandDone: 94,
  CloseContainer: 97,
  AccessToken: 98,
} as const;

/** Ctrl+F6, Tab, Shift+Tab and Esc, by the numbers that the library gives them. */
const LEAVES_THE_PANE: ReadonlySet<unknown> = new Set([5, 13, 14, 15]);

/** Answers `E_NOTIMPL` for what the workbench has no part of, such as single sign-on. */
const NOT_AVAILABLE = 5001;

const SHARED_RUNTIME_FLAG = 1;

const REQUIREMENTS: Readonly<Record<string, string>> = {
  ExcelApi: "1.14",
  SharedRuntime: "1.1",
  DialogApi: "1.2",
  RibbonApi: "1.1",
  AddinCommands: "1.1",
  DelayForCellEdit: "1.1",
  Settings: "1.1",
  File: "1.1",
};

interface HostMessage {
  readonly _messageType: number;
  readonly _actionName: string;
  readonly _actionType: number;
  readonly _conversationId: string;
  readonly _correlationId: number;
  readonly _data: unknown;
}

export interface FrameChannelOptions {
  readonly session: HostSession;
  readonly documentUrl: string;
  /** Settings of the older kind, `Office.context.document.settings`. */
  readonly settings: Map<string, string>;
  /** The add-in asks to be seen or hidden. */
  readonly onVisibility: (isVisible: boolean) => void;
  /** The add-in gives the keyboard back to the sheet. */
  readonly onFocusReturned: () => void;
}

/** One frame with the add-in in it. */
export class FrameChannel {
  readonly frame: HTMLIFrameElement;
  private readonly conversation = crypto.randomUUID();
  private readonly addinId = crypto.randomUUID();
  private readonly registered = new Set<string>();
  private readonly ribbonWaits = new Map<string, () => void>();
  private readonly stopEvents: () => void;
  private readonly receive = (event: MessageEvent): void => void this.onMessage(event);

  constructor(private readonly options: FrameChannelOptions) {
    this.frame = document.createElement("iframe");
    this.frame.title = "Billgrid";
    this.frame.allow = "clipboard-write";
    // Office.js reads the name once, so it has to be there before the page is.
    this.frame.name = JSON.stringify({
      baseFrameName: "workbench",
      hostInfo: `Excel|Web|16.01|en-US|${this.conversation}||disableLogging|${SHARED_RUNTIME_FLAG}`,
      xdmInfo: `${this.conversation}|${this.addinId}|${location.origin}`,
      serializerVersion: 1,
    });
    window.addEventListener("message", this.receive);
    this.stopEvents = options.session.onEvents((messages) => this.sendRichApiEvents(messages));
  }

  close(): void {
    window.removeEventListener("message", this.receive);
    this.stopEvents();
    this.frame.remove();
  }

  /** A click on a button of the ribbon that runs code. Ends when the add-in says that it is done. */
  async runRibbonFunction(functionName: string, controlId: string): Promise<void> {
    const id = crypto.randomUUID();
    const done = new Promise<void>((resolve) => this.ribbonWaits.set(id, resolve));
    const event = JSON.stringify({ source: { id: controlId } });
    await this.waitUntilRegistered("appCommandInvoked");
    this.sendEvent("appCommandInvoked", { 0: id, 1: functionName, 2: event });
    await done;
  }

  private async waitUntilRegistered(eventName: string): Promise<void> {
    while (!this.registered.has(eventName)) await new Promise((resolve) => setTimeout(resolve, 50));
  }

  private async onMessage(event: MessageEvent): Promise<void> {
    if (event.source !== this.frame.contentWindow || typeof event.data !== "string") return;
    const message = parseMessage(event.data);
    if (message?._conversationId !== this.conversation || message._messageType !== MessageType.Request) return;
    if (message._actionType === ActionType.Invoke) {
      this.reply(message, await this.invoke(message));
      return;
    }
    if (message._actionType === ActionType.Register) this.registered.add(message._actionName);
    else this.registered.delete(message._actionName);
    this.reply(message, { Error: 0 });
  }

  private invoke(message: HostMessage): unknown {
    switch (message._actionName) {
      case "ContextActivationManager_getAppContextAsync":
        return this.appContext();
      case "executeMethod":
        return this.executeMethod(message._data as Readonly<Record<string, unknown>>);
      case "ContextActivationManager_notifyHost":
        return this.onNotification(message._data);
      default:
        return {};
    }
  }

  private async executeMethod(data: Readonly<Record<string, unknown>>): Promise<object> {
    const { DispatchId: id } = data["DdaMethod"] as { DispatchId: number };
    const { settings, session } = this.options;
    switch (id) {
      case DispatchId.RichApi: {
        const answer = await session.executeRichApi(data["ArrayData"] as readonly unknown[]);
        return "body" in answer
          ? { Version: 1, Error: 0, Data: [200, [], answer.body] }
          : { Version: 1, Error: answer.error };
      }
      case DispatchId.SaveSettings: {
        const { Properties } = (data["DdaSettingsMethod"] ?? {}) as { Properties?: [string, string][] };
        settings.clear();
        for (const [key, value] of Properties ?? []) settings.set(key, value);
        return { Version: 1, Error: 0 };
      }
      case DispatchId.LoadSettings:
        return { Version: 1, Error: 0, Properties: [...settings] };
      case DispatchId.FileProperties:
        return { Version: 1, Error: 0, Properties: { Url: this.options.documentUrl } };
      case DispatchId.RibbonCommandDone: {
        const [commandId] = Object.values(data).filter(
          (value) => typeof value === "string" && this.ribbonWaits.has(value),
        ) as string[];
        if (commandId !== undefined) {
          this.ribbonWaits.get(commandId)?.();
          this.ribbonWaits.delete(commandId);
        }
        return { Version: 1, Error: 0 };
      }
      case DispatchId.CloseContainer:
        this.options.onVisibility(false);
        return { Version: 1, Error: 0 };
      default:
        if (id !== DispatchId.AccessToken) session.unknownMembers.push(`method ${id}`);
        return { Version: 1, Error: NOT_AVAILABLE };
    }
  }

  private onNotification(data: unknown): object {
    const [, action] = Array.isArray(data) ? (data as unknown[]) : [];
    if (LEAVES_THE_PANE.has(action)) this.options.onFocusReturned();
    return {};
  }

  private appContext(): object {
    return {
      _id: this.addinId,
      _appName: 16,
      _appVersion: 16.01,
      _appMinorVersion: 1,
      _appUILocale: "en-US",
      _dataLocale: "en-US",
      _docUrl: this.options.documentUrl,
      _clientMode: 1,
      _settings: [...this.options.settings],
      _reason: 1,
      _osfControlType: 1,
      _eToken: "",
      _correlationId: this.conversation,
      _appInstanceId: this.addinId,
      _requirementMatrix: JSON.stringify(REQUIREMENTS),
      _hostFullVersion: "16.0.0.0",
      _initialDisplayMode: 2,
      _addinName: "Billgrid",
      _appDomains: [location.origin],
      _featureGates: {},
    };
  }

  private sendRichApiEvents(messages: readonly EventMessage[]): void {
    if (this.registered.has("richApiMessage")) this.sendEvent("richApiMessage", { ArrayData: messages });
  }

  private sendEvent(actionName: string, data: unknown): void {
    this.post({ _actionName: actionName, _correlationId: -1, _responseType: ResponseType.Event, _data: data });
  }

  private reply({ _actionName, _correlationId }: HostMessage, data: unknown): void {
    this.post({ _actionName, _correlationId, _responseType: ResponseType.Reply, _data: data });
  }

  private post(message: object): void {
    const envelope = {
      _messageType: MessageType.Response,
      _conversationId: this.conversation,
      _errorCode: 0,
      _serializerVersion: 1,
    };
    const text = JSON.stringify({ ...envelope, _origin: location.origin, ...message });
    this.frame.contentWindow?.postMessage(text, location.origin);
  }
}

function parseMessage(text: string): HostMessage | null {
  try {
    return JSON.parse(text) as HostMessage;
  } catch {
    return null;
  }
}
