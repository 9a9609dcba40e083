import type { RibbonCommand, RibbonCommands } from "../pane-environment";
import { RIBBON_FUNCTIONS } from "./ribbon-functions";

/**
 * Connects the buttons of the ribbon with the pane. They share one runtime, so a button opens the pane and hands over what
 * was asked; a click that comes before anybody listens (the pane still loads, or asks to sign in) is kept until then.
 */
export function connectRibbon(): RibbonCommands {
  let listener: ((command: RibbonCommand) => void) | null = null;
  let waiting: RibbonCommand | null = null;

  for (const [name, command] of Object.entries(RIBBON_FUNCTIONS)) {
    Office.actions.associate(name, async (event: Office.AddinCommands.Event) => {
      if (listener) listener(command);
      else waiting = command;
      try {
        await Office.addin.showAsTaskpane();
      } finally {
        // Excel greys the button out until it hears this.
        event.completed();
      }
    });
  }

  return {
    subscribe: (next) => {
      listener = next;
      if (waiting) next(waiting);
      waiting = null;
      return () => {
        if (listener === next) listener = null;
      };
    },
  };
}
