import { createContext, useContext } from "react";
import type { Workbook } from "../workbook/workbook";

export type RibbonCommand = "REFRESH" | "RECALCULATE";

export interface RibbonCommands {
  /** One listener at a time; it also gets the click that came before it listened. Answers how to stop listening. */
  subscribe(listener: (command: RibbonCommand) => void): () => void;
}

/**
 * `email`: offered when signing in. `viewId`: the view that was open last. `unfinishedCommand`: what to do after an operation
 * that was still running when the pane was closed.
 */
export type PreferenceName = "email" | "viewId" | "unfinishedCommand";

export interface Preferences {
  read(name: PreferenceName): string | null;
  write(name: PreferenceName, value: string): void;
  forget(name: PreferenceName): void;
}

/** All that the pane gets from outside; the rest of it is React and the API. */
export interface PaneEnvironment {
  readonly workbook: Workbook;
  readonly ribbon: RibbonCommands;
  readonly preferences: Preferences;
  readonly locale: string;
  readonly graphqlUrl: string;
}

const PaneEnvironmentContext = createContext<PaneEnvironment | null>(null);

export const PaneEnvironmentProvider = PaneEnvironmentContext.Provider;

export function usePaneEnvironment(): PaneEnvironment {
  const environment = useContext(PaneEnvironmentContext);
  if (!environment) throw new Error("The pane is rendered outside of its environment.");
  return environment;
}
