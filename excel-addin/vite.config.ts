import path from "node:path";
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig, type InlineConfig, type Plugin } from "vite";

const root = fileURLToPath(new URL(".", import.meta.url));

const OFFICE_JS_OF_MICROSOFT = "https://appsforoffice.microsoft.com/lib/1/hosted/office.js";
const OFFICE_JS_OF_WORKBENCH = "/office-js/office.js";

export interface ExcelAddinBuild {
  readonly pages: readonly ("taskpane" | "workbench")[];
  /** Excel loads Office.js from Microsoft, as its terms ask; the workbench serves the installed package on this machine. */
  readonly officeJs: "microsoft" | "workbench";
  readonly outDir: string;
}

export function excelAddinBuild({ pages, officeJs, outDir }: ExcelAddinBuild): InlineConfig {
  return {
    configFile: false,
    root,
    base: "/",
    publicDir: path.join(root, "assets"),
    plugins: [react(), ...(officeJs === "workbench" ? [officeJsFromWorkbench(), fontOfWorkbench()] : [])],
    build: {
      outDir,
      emptyOutDir: true,
      target: "es2022",
      modulePreload: false,
      reportCompressedSize: false,
      chunkSizeWarningLimit: 4096,
      rollupOptions: { input: Object.fromEntries(pages.map((page) => [page, path.join(root, `${page}.html`)])) },
    },
  };
}

function officeJsFromWorkbench(): Plugin {
  return {
    name: "office-js-from-workbench",
    transformIndexHtml: {
      order: "post",
      handler: (html) => html.replaceAll(OFFICE_JS_OF_MICROSOFT, OFFICE_JS_OF_WORKBENCH),
    },
  };
}

/** Where Office runs, Segoe UI is installed. Elsewhere the pane gets the font that the workbench around it has. */
function fontOfWorkbench(): Plugin {
  const imports = [400, 600, 700].map((weight) => `import "@fontsource/open-sans/${weight}.css";`);
  return {
    name: "font-of-workbench",
    transformIndexHtml: {
      order: "pre",
      handler: (_, { path: page }) =>
        page === "/taskpane.html"
          ? [{ tag: "script", attrs: { type: "module" }, children: imports.join("\n"), injectTo: "head" }]
          : [],
    },
  };
}

/** `--mode workbench` builds the workbench and the pane in it; without it, the pane alone, as Excel loads it. */
export default defineConfig(({ mode }) =>
  excelAddinBuild({
    pages: mode === "workbench" ? ["taskpane", "workbench"] : ["taskpane"],
    officeJs: mode === "workbench" ? "workbench" : "microsoft",
    outDir: path.resolve(root, "..", "dist", "excel-addin"),
  }),
);
