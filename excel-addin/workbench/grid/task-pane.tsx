import { useEffect, useRef, useState } from "react";

export interface TaskPaneProps {
  readonly frame: HTMLIFrameElement;
  readonly isVisible: boolean;
  readonly onClose: () => void;
}

const NARROWEST = 320;
const WIDEST = 450;

/** The docked pane with the add-in's page. Closed, it stays loaded: the runtime is shared with the ribbon. */
export function TaskPane({ frame, isVisible, onClose }: TaskPaneProps) {
  const holder = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(350);
  const [isDragged, setIsDragged] = useState(false);

  useEffect(() => {
    holder.current?.append(frame);
  }, [frame]);

  return (
    <aside
      className="task-pane"
      style={{ width: isVisible ? width : 0, visibility: isVisible ? "visible" : "hidden" }}
      aria-label="Task pane"
    >
      <div
        className="pane-grip"
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          setIsDragged(true);
        }}
        onPointerMove={(event) => {
          if (isDragged) setWidth(Math.max(NARROWEST, Math.min(WIDEST, window.innerWidth - event.clientX)));
        }}
        onPointerUp={() => setIsDragged(false)}
      />
      <header className="pane-title">
        <span>Billgrid</span>
        <button type="button" aria-label="Close pane" onClick={onClose}>
          ✕
        </button>
      </header>
      <div ref={holder} className="pane-frame" style={{ pointerEvents: isDragged ? "none" : "auto" }} />
    </aside>
  );
}
