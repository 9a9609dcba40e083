import { createContext, useContext, useSyncExternalStore } from "react";
import type { ConditionEvaluator } from "../calculation/condition-evaluator";
import type { HostSession } from "../host/host-session";
import type { Workbook } from "../model/workbook";
import type { CellEditor } from "./cell-editor";

/** What the parts of the window share. */
export interface WorkbenchParts {
  readonly workbook: Workbook;
  readonly session: HostSession;
  readonly conditions: ConditionEvaluator;
  readonly editor: CellEditor;
}

const PartsContext = createContext<WorkbenchParts | null>(null);

export const PartsProvider = PartsContext.Provider;

export function useParts(): WorkbenchParts {
  const parts = useContext(PartsContext);
  if (!parts) throw new Error("Used outside the workbench.");
  return parts;
}

/** The workbook, drawn anew whenever something in it changes. */
export function useWorkbook(): Workbook {
  const { workbook } = useParts();
  useSyncExternalStore(
    (listener) => workbook.onView(listener),
    () => workbook.revision,
  );
  return workbook;
}

export function useEditing() {
  const { editor } = useParts();
  const editing = useSyncExternalStore(editor.subscribe, () => editor.editing);
  const problem = useSyncExternalStore(editor.subscribe, () => editor.problem);
  return { editor, editing, problem };
}
