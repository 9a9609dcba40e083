import { useEffect, useState, useSyncExternalStore } from "react";
import { FormulaBar } from "./formula-bar";
import { loadRibbonGroup, type RibbonButton, type RibbonGroup } from "./manifest";
import type { PaneHost } from "./pane-host";
import { PartsProvider, useEditing, type WorkbenchParts } from "./parts";
import { Ribbon } from "./ribbon";
import { SheetGrid } from "./sheet-grid";
import { SheetTabs } from "./sheet-tabs";
import { StatusBar } from "./status-bar";
import { TaskPane } from "./task-pane";

/** The whole window. */
export function WorkbenchWindow({ parts, pane }: { parts: WorkbenchParts; pane: PaneHost }) {
  const [group, setGroup] = useState<RibbonGroup | null>(null);
  const frame = useSyncExternalStore(pane.subscribe, () => pane.frame);
  const isVisible = useSyncExternalStore(pane.subscribe, () => pane.isVisible);

  useEffect(() => {
    void loadRibbonGroup("/manifest.xml").then((loaded) => {
      setGroup(loaded);
      pane.start(loaded.paneUrl);
    });
  }, [pane]);

  const onButton = async ({ id, action }: RibbonButton) => {
    if (action.kind === "showPane") pane.setVisible(true);
    else await pane.runFunction(action.name, id);
  };

  return (
    <PartsProvider value={parts}>
      <div className="window">
        <header className="title-bar">
          <span className="title-mark" aria-hidden="true">
            ▦
          </span>
          <span className="title-name">Billgrid Workbench</span>
          <span className="title-file">{parts.workbook.name}</span>
          <span className="title-note">A local stand-in for Excel</span>
        </header>
        <nav className="ribbon-tabs">
          <span className="ribbon-tab is-active">Home</span>
        </nav>
        <Ribbon group={group} onButton={onButton} />
        <div className="work-area">
          <main className="sheet-area">
            <FormulaBar />
            <SheetGrid />
            <SheetTabs />
          </main>
          {frame && <TaskPane frame={frame} isVisible={isVisible} onClose={() => pane.setVisible(false)} />}
        </div>
        <StatusBar />
        <Refusal />
      </div>
    </PartsProvider>
  );
}

function Refusal() {
  const { editor, problem } = useEditing();
  if (problem === null) return null;
  return (
    <div className="refusal" role="alertdialog" aria-label="Not possible">
      <p>{problem}</p>
      <button type="button" className="primary" ref={(button) => button?.focus()} onClick={() => editor.dismiss()}>
        OK
      </button>
    </div>
  );
}
