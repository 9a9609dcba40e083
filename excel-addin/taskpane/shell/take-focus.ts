/** Moves the focus within the pane, and never takes it from the sheet, where somebody may be typing. */
export function takeFocus(element: HTMLElement | null): void {
  if (element && document.hasFocus()) element.focus();
}
