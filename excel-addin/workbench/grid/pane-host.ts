import { FrameChannel } from "../host/frame-channel";
import type { HostSession } from "../host/host-session";

/** Opens the add-in's page in a frame and talks to it. */
export class PaneHost {
  frame: HTMLIFrameElement | null = null;
  isVisible = true;
  private channel: FrameChannel | null = null;
  private paneUrl = "";
  private readonly settings = new Map<string, string>();
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly session: HostSession,
    private readonly onFocusReturned: () => void,
  ) {
    const isVisible = () => this.isVisible;
    session.context.pane = {
      get isVisible() {
        return isVisible();
      },
      setVisible: (visible) => this.setVisible(visible),
    };
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  start(paneUrl: string): void {
    if (this.channel) return;
    this.paneUrl = paneUrl;
    this.open();
  }

  /** The same file, opened again: the add-in starts anew and finds what it kept in the workbook. */
  reload(): void {
    this.channel?.close();
    this.session.context.keptRanges.clear();
    this.open();
  }

  setVisible(isVisible: boolean): void {
    this.isVisible = isVisible;
    this.tell();
  }

  async runFunction(name: string, controlId: string): Promise<void> {
    await this.channel?.runRibbonFunction(name, controlId);
  }

  private open(): void {
    // What the library remembers of an earlier frame in this tab is not about this one.
    for (const key of Object.keys(sessionStorage)) sessionStorage.removeItem(key);
    this.channel = new FrameChannel({
      session: this.session,
      documentUrl: `${location.origin}/${encodeURIComponent(this.session.workbook.name)}`,
      settings: this.settings,
      onVisibility: (isVisible) => this.setVisible(isVisible),
      onFocusReturned: this.onFocusReturned,
    });
    this.channel.frame.src = this.paneUrl;
    this.frame = this.channel.frame;
    this.tell();
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}
