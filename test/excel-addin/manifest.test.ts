import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import Ajv from "ajv-draft-04";
import { convert } from "office-addin-manifest-converter";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RIBBON_FUNCTIONS } from "../../excel-addin/taskpane/office/ribbon-functions";

const root = fileURLToPath(new URL("../../", import.meta.url));
const manifest = readFileSync(join(root, "manifest.xml"), "utf8");

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

/** The manifest as a tree. It has no CDATA, no processing instructions after the first, and no mixed content. */
function parse(xml: string): Element {
  const document: Element = { name: "", attributes: {}, children: [], text: "" };
  const open = [document];
  const body = xml.replace(/<\?.*?\?>/s, "").replace(/<!--.*?-->/gs, "");
  for (const [, isClosing, name = "", attributes = "", isEmpty, text = ""] of body.matchAll(
    /<(\/?)([\w:]+)([^>]*?)(\/?)>([^<]*)/g,
  )) {
    if (isClosing) {
      open.pop();
      continue;
    }
    const pairs = [...attributes.matchAll(/([\w:]+)="([^"]*)"/g)].map(([, key = "", value = ""]) => [key, value]);
    const element: Element = { name, attributes: Object.fromEntries(pairs), children: [], text: text.trim() };
    open.at(-1)?.children.push(element);
    if (!isEmpty) open.push(element);
  }
  const [first] = document.children;
  if (!first) throw new Error("The manifest is empty.");
  return first;
}

const app = parse(manifest);

function all(name: string, within: Element = app): Element[] {
  return within.children.flatMap((child) => [...(child.name === name ? [child] : []), ...all(name, child)]);
}

function only(name: string, within: Element = app): Element {
  const found = all(name, within);
  expect(found, name).toHaveLength(1);
  return found[0] as Element;
}

function child(name: string, within: Element = app): Element {
  const found = within.children.find((one) => one.name === name);
  if (!found) throw new Error(`${within.name} has no ${name}.`);
  return found;
}

const overrides = child("VersionOverrides");
const resources = child("Resources", overrides).children.flatMap((group) => group.children);
const addressById = new Map(resources.map(({ attributes }) => [attributes.id, attributes.DefaultValue ?? ""]));
const usedIds = [...manifest.matchAll(/\bresid="([^"]*)"/g)].map(([, id]) => id ?? "");

describe("the manifest of the add-in", () => {
  it("has its elements in the order that Office asks for", () => {
    expect(app.children.map(({ name }) => name)).toEqual([
      "Id",
      "Version",
      "ProviderName",
      "DefaultLocale",
      "DisplayName",
      "Description",
      "IconUrl",
      "HighResolutionIconUrl",
      "SupportUrl",
      "AppDomains",
      "Hosts",
      "Requirements",
      "DefaultSettings",
      "Permissions",
      "VersionOverrides",
    ]);
    expect(overrides.children.map(({ name }) => name)).toEqual(["Hosts", "Resources"]);
    expect(only("Host", child("Hosts", overrides)).children.map(({ name }) => name)).toEqual([
      "Runtimes",
      "DesktopFormFactor",
    ]);
    expect(only("DesktopFormFactor").children.map(({ name }) => name)).toEqual([
      "GetStarted",
      "FunctionFile",
      "ExtensionPoint",
    ]);
  });

  it("is known by a GUID and a version of four parts", () => {
    expect(child("Id").text).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(child("Version").text).toMatch(/^\d+\.\d+\.\d+\.\d+$/);
  });

  it("asks for ExcelApi 1.14 at most, and for a shared runtime", () => {
    const sets = Object.fromEntries(
      all("Set", child("Requirements")).map(({ attributes }) => [attributes.Name, attributes.MinVersion]),
    );
    expect(sets).toEqual({ SharedRuntime: "1.1", ExcelApi: "1.9" });
  });

  it("loads everything by https, from one address", () => {
    const addresses = [...manifest.replace(/xmlns(:\w+)?="[^"]*"/g, "").matchAll(/\w+:\/\/[^"<\s]+/g)].map(String);
    const inElements = addresses.filter((address) => !manifest.includes(`replace ${address} by`));
    expect(inElements.length).toBeGreaterThan(10);
    for (const address of inElements) expect(new URL(address).origin).toBe("https://localhost:4443");
  });

  it("defines each resource once, under a name of at most 32 characters, and uses every one", () => {
    const defined = resources.map(({ attributes }) => attributes.id ?? "");
    expect(new Set(defined).size).toBe(defined.length);
    for (const id of defined) expect(id.length, id).toBeLessThanOrEqual(32);
    expect(new Set(usedIds)).toEqual(new Set(defined));
  });

  it("keeps labels to 125 and descriptions to 250 characters", () => {
    for (const { attributes } of all("bt:String", child("bt:ShortStrings", child("Resources", overrides)))) {
      expect(attributes.DefaultValue?.length, attributes.id).toBeLessThanOrEqual(125);
    }
    for (const { attributes } of all("bt:String", child("bt:LongStrings", child("Resources", overrides)))) {
      expect(attributes.DefaultValue?.length, attributes.id).toBeLessThanOrEqual(250);
    }
  });

  it("shows icons of 16, 32 and 80 pixels that exist in that size", () => {
    const icons = all("Icon");
    expect(icons).toHaveLength(4);
    for (const icon of icons) {
      const images = icon.children.map(
        ({ attributes }) => [attributes.size, addressById.get(attributes.resid)] as const,
      );
      expect(images.map(([size]) => size)).toEqual(["16", "32", "80"]);
      for (const [size, address] of images) expect(pngSize(address ?? "")).toEqual([Number(size), Number(size)]);
    }
    expect(pngSize(child("IconUrl").attributes.DefaultValue ?? "")).toEqual([32, 32]);
    expect(pngSize(child("HighResolutionIconUrl").attributes.DefaultValue ?? "")).toEqual([64, 64]);
  });

  it("names pages that exist", () => {
    const pages = all("bt:Url").map(({ attributes }) => new URL(attributes.DefaultValue ?? "").pathname);
    expect(pages).toEqual(["/taskpane.html", "/support.html"]);
    expect(readFileSync(join(root, "excel-addin/taskpane.html"), "utf8")).toContain("taskpane/main.tsx");
    expect(readFileSync(join(root, "excel-addin/assets/support.html"), "utf8")).toContain("<h1>");
  });

  it("runs pane and buttons in one runtime that stays", () => {
    expect(only("Runtime").attributes).toEqual({ resid: "Pane.Url", lifetime: "long" });
    expect(only("FunctionFile").attributes.resid).toBe("Pane.Url");
    for (const { attributes } of all("SourceLocation", overrides)) expect(attributes.resid).toBe("Pane.Url");
    expect(child("SourceLocation", child("DefaultSettings")).attributes.DefaultValue).toBe(addressById.get("Pane.Url"));
  });

  it("has a function in the pane for every button that runs one", () => {
    expect(all("FunctionName").map(({ text }) => text)).toEqual(["refreshSheet", "recalculateInvoices"]);
    expect(Object.keys(RIBBON_FUNCTIONS)).toEqual(["refreshSheet", "recalculateInvoices"]);
  });
});

describe("the manifest, converted to the JSON form", () => {
  const folder = mkdtempSync(join(tmpdir(), "billgrid-manifest-"));
  let converted: Record<string, unknown>;

  beforeAll(async () => {
    await convert(join(root, "manifest.xml"), folder);
    converted = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it("agrees with Microsoft's schema", () => {
    const schema = readFileSync(
      join(root, "node_modules/@microsoft/app-manifest/build/json-schemas/teams/v1.29/MicrosoftTeams.schema.json"),
      "utf8",
    );
    const validate = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(JSON.parse(schema));
    // The converter writes the version that it was made for.
    validate({ ...converted, $schema: JSON.parse(schema).id, manifestVersion: "1.29" });
    expect(validate.errors ?? []).toEqual([]);
  });

  it("has the three buttons on the Home tab", () => {
    expect(JSON.stringify(converted)).toContain('"builtInTabId":"TabHome"');
    for (const label of ["Open Billgrid", "Refresh", "Recalculate"]) {
      expect(JSON.stringify(converted)).toContain(`"label":"${label}"`);
    }
  });
});

/** Width and height as the file itself says: the IHDR chunk comes first in every PNG. */
function pngSize(address: string): [number, number] {
  const file = readFileSync(join(root, "excel-addin/assets", new URL(address).pathname));
  expect(file.subarray(1, 4).toString()).toBe("PNG");
  return [file.readUInt32BE(16), file.readUInt32BE(20)];
}
