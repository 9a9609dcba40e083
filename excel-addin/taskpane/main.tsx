import { createRoot } from "react-dom/client";
import { texts } from "../texts";
import { officeWorkbook } from "../workbook/office-workbook";
import { App } from "./app";
import { isExcelNewEnough, isInExcel, officeLocale, officePreferences, prefersDark } from "./office/office-host";
import { connectRibbon } from "./office/ribbon-commands";
import { OutsideExcel } from "./shell/outside-excel";

const container = document.getElementById("pane");
if (!container) throw new Error("taskpane.html has no element with the id pane.");
const root = createRoot(container);

await Office.onReady();

if (!isInExcel()) {
  root.render(<OutsideExcel text={texts.outsideExcel.text} />);
} else if (!isExcelNewEnough()) {
  root.render(<OutsideExcel text={texts.outsideExcel.tooOld} />);
} else {
  const environment = {
    workbook: officeWorkbook,
    ribbon: connectRibbon(),
    preferences: officePreferences(),
    locale: officeLocale(),
    graphqlUrl: new URL("/graphql", location.href).href,
  };
  root.render(<App environment={environment} prefersDark={prefersDark} />);
}
