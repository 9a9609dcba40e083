import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from "react";
import { lastClosedMonth } from "../../sheets/calendar-text";
import { type Commands, useCommands } from "../commands/use-commands";
import { type RibbonCommand, usePaneEnvironment } from "../pane-environment";
import { useViewer } from "../session/session";
import { type ChosenView, type PulledSheetControl, usePulledSheet } from "./pulled-sheet";

export type Screen =
  | { readonly name: "VIEWS" }
  | { readonly name: "SHEET" }
  | { readonly name: "INVOICE"; readonly invoiceId: string };

export interface MonthEnd {
  readonly screen: Screen;
  readonly show: (screen: Screen) => void;
  readonly month: string;
  readonly setMonth: (month: string) => void;
  readonly pulled: PulledSheetControl;
  readonly commands: Commands;
  /** Pulls the view and goes to its screen. */
  readonly open: (view: ChosenView) => Promise<void>;
}

const MonthEndContext = createContext<MonthEnd | null>(null);

/** What is open, pulled and running; outlives the screens, so that looking elsewhere loses nothing. */
export function MonthEndProvider({ children }: { children: ReactNode }) {
  const { ribbon } = usePaneEnvironment();
  const viewer = useViewer();
  const [screen, show] = useState<Screen>({ name: "VIEWS" });
  const [month, setMonth] = useState(() => lastClosedMonth(viewer.organization.today));
  const pulled = usePulledSheet();
  const commands = useCommands(pulled.pull);

  const monthEnd = useMemo<MonthEnd>(
    () => ({
      screen,
      show,
      month,
      setMonth,
      pulled,
      commands,
      open: async (view) => {
        show({ name: "SHEET" });
        await pulled.task.start(view);
      },
    }),
    [screen, month, pulled, commands],
  );

  const onRibbon = useRef<(command: RibbonCommand) => Promise<void>>(async () => {});
  onRibbon.current = async (command) => {
    if (commands.isBusy) return;
    const view = await pulled.findView();
    // Nothing was pulled yet: the list of views is the place to begin.
    if (!view) return show({ name: "VIEWS" });
    if (command === "REFRESH") return monthEnd.open(view);
    show({ name: "SHEET" });
    const { viewId, month: viewMonth } = view;
    const selection = { viewId, month: viewMonth };
    await commands.run.start({ command: "RECALCULATE", view, selection, idempotencyKey: crypto.randomUUID() });
  };
  useEffect(() => ribbon.subscribe((command) => void onRibbon.current(command)), [ribbon]);

  return <MonthEndContext.Provider value={monthEnd}>{children}</MonthEndContext.Provider>;
}

export function useMonthEnd(): MonthEnd {
  const monthEnd = useContext(MonthEndContext);
  if (!monthEnd) throw new Error("There is no month-end around this component.");
  return monthEnd;
}
