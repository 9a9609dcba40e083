export interface RibbonButton {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly iconUrl: string;
  readonly action: { readonly kind: "showPane" } | { readonly kind: "function"; readonly name: string };
}

export interface RibbonGroup {
  readonly label: string;
  readonly buttons: readonly RibbonButton[];
  /** Where the pane is, on the address of the workbench. */
  readonly paneUrl: string;
}

const PLAIN_GROUP: RibbonGroup = {
  label: "Billgrid",
  paneUrl: "/taskpane.html",
  buttons: [
    { id: "open", label: "Open Billgrid", description: "", iconUrl: "/icon-32.png", action: { kind: "showPane" } },
  ],
};

/** Reads the add-in's buttons from its manifest, as Excel does. Without a manifest there is the one that opens the pane. */
export async function loadRibbonGroup(url: string): Promise<RibbonGroup> {
  const response = await fetch(url).catch(() => null);
  if (!response?.ok) return PLAIN_GROUP;
  const manifest = new DOMParser().parseFromString(await response.text(), "text/xml");
  const group = first(manifest, "Group");
  if (!group) return PLAIN_GROUP;
  const resource = (id: string | null) =>
    [...manifest.getElementsByTagName("*")]
      .find((one) => one.getAttribute("id") === id && one.hasAttribute("DefaultValue"))
      ?.getAttribute("DefaultValue") ?? "";
  const text = (parent: Element, name: string) => resource(first(parent, name)?.getAttribute("resid") ?? null);
  const buttons = [...group.getElementsByTagName("Control")].map((control): RibbonButton => {
    const functionName = first(control, "FunctionName")?.textContent;
    const icons = [...control.getElementsByTagNameNS("*", "Image")];
    const icon = icons.find((image) => image.getAttribute("size") === "32") ?? icons[0];
    return {
      id: control.getAttribute("id") ?? "",
      label: text(control, "Label"),
      description: text(control, "Description"),
      iconUrl: onThisHost(resource(icon?.getAttribute("resid") ?? null)),
      action: functionName ? { kind: "function", name: functionName } : { kind: "showPane" },
    };
  });
  const paneUrl = onThisHost(first(manifest, "SourceLocation")?.getAttribute("DefaultValue") ?? PLAIN_GROUP.paneUrl);
  return { label: text(group, "Label") || "Billgrid", buttons, paneUrl };
}

const first = (parent: Document | Element, name: string): Element | undefined => parent.getElementsByTagName(name)[0];

/** The manifest names the published address; the workbench serves the same files itself. */
function onThisHost(address: string): string {
  const { pathname, search } = new URL(address || "/", location.href);
  return pathname + search;
}
