import { posix } from "node:path";

/** A source file: its path from the root of the checkout with forward slashes, and its text. */
export type SourceFile = { readonly file: string; readonly source: string };

/** A broken rule, as one line to read: the file and what it does. */
export type Offence = { readonly rule: RuleName; readonly file: string; readonly detail: string };

export type RuleName =
  | "domain imports only decimal.js and itself"
  | "domain imports downwards"
  | "domain is pure"
  | "platform and integrations know no module"
  | "modules meet through index.ts"
  | "only stores touch the database"
  | "resolvers touch no store"
  | "server and add-in know nothing of each other"
  | "Excel.run only in excel-addin/workbook"
  | "process.env only in environment, launch and configuration"
  | "no import cycles";

type Import = {
  /** Path of the checkout without extension, or the package. */
  readonly target: string;
  /** Names imported; empty for side effects, dynamic imports and namespaces. */
  readonly names: readonly string[];
};

type ParsedFile = { readonly file: string; readonly code: string; readonly imports: readonly Import[] };

type Rule = (file: ParsedFile) => readonly string[];

/** Everything in the files that breaks the import rules and limits of the architecture; none: it holds. */
export function offencesIn(files: readonly SourceFile[]): Offence[] {
  const parsed = files.map(parse);
  const broken = parsed.flatMap((file) =>
    Object.entries(RULES).flatMap(([rule, check]) =>
      check(file).map((detail) => ({ rule: rule as RuleName, file: file.file, detail })),
    ),
  );
  return [...broken, ...cycles(parsed)];
}

const DOMAIN = "server/domain/";

/** Folders of the domain from the bottom up: each may import those below it. Files beside the folders are below all. */
const DOMAIN_LAYERS = [
  ["money", "calendar"],
  ["pricing", "usage"],
  ["contract"],
  ["invoice"],
  ["quote", "variance", "revenue", "receivable", "view", "close"],
];

const IMPURE: readonly [RegExp, string][] = [
  [/\bDate\.now\b|\bnew Date\(\s*\)|\bDate\(\s*\)|\bperformance\.now\b/, "reads the clock"],
  [/\bMath\.random\b|\brandomUUID\b|\bgetRandomValues\b/, "is random"],
  [/\bMath\.round\b|\bparseFloat\b/, "rounds or reads JS numbers"],
  [/\basync\b|\bawait\b|\bPromise\b|\bsetTimeout\b|\bsetInterval\b/, "waits"],
  [/\bprocess\.|\bglobalThis\b|\bfetch\(|\bconsole\.|\brequire\(/, "reaches outside"],
];

/** What in the database platform only a store may use. Transactions and organizations are anybody's. */
const QUERY_NAMES = ["query", "prisma", "createPrismaClient", "currentDatabase"];

const RULES: { readonly [R in Exclude<RuleName, "no import cycles">]: Rule } = {
  "domain imports only decimal.js and itself": ({ file, imports }) =>
    file.startsWith(DOMAIN)
      ? imports.filter(({ target }) => target !== "decimal.js" && !target.startsWith(DOMAIN)).map(imported)
      : [],

  "domain imports downwards": ({ file, imports }) => {
    if (!file.startsWith(DOMAIN)) return [];
    const [own, level] = [domainFolder(file), domainLevel(file)];
    if (own !== null && level === null) return [`lies in ${own}, which no layer names`];
    return imports
      .filter(({ target }) => {
        if (!target.startsWith(DOMAIN) || domainFolder(target) === own) return false;
        const other = domainLevel(target);
        return domainFolder(target) !== null && (other === null || level === null || other >= level);
      })
      .map(imported);
  },

  "domain is pure": ({ file, code }) =>
    file.startsWith(DOMAIN) ? IMPURE.filter(([pattern]) => pattern.test(code)).map(([, what]) => what) : [],

  "platform and integrations know no module": ({ file, imports }) => {
    const forbidden = file.startsWith("server/platform/")
      ? ["server/modules/", "server/integrations/"]
      : file.startsWith("server/integrations/")
        ? ["server/modules/"]
        : [];
    return imports.filter(({ target }) => forbidden.some((folder) => target.startsWith(folder))).map(imported);
  },

  "modules meet through index.ts": ({ file, imports }) => {
    const own = moduleOf(file);
    if (own === null) return [];
    const others = ["server/domain/", "server/platform/", "server/integrations/", "prisma/generated/"];
    return imports
      .filter(({ target }) => {
        const other = moduleOf(target);
        if (other !== null)
          return other !== own && target !== `server/modules/${other}/index` && target !== `server/modules/${other}`;
        return isLocal(target) && !others.some((folder) => target.startsWith(folder));
      })
      .map(imported);
  },

  "only stores touch the database": ({ file, imports }) => {
    const isModule = file.startsWith("server/modules/") || file.startsWith("server/integrations/");
    if (!isModule || file.endsWith(".store.ts")) return [];
    return imports
      .filter(
        ({ target, names }) =>
          /^(pg|pg-copy-streams|@prisma\/.*|prisma\/generated(\/.*)?)$/.test(target) ||
          target === "server/platform/database/prisma" ||
          (target.startsWith("server/platform/database/") && names.some((name) => QUERY_NAMES.includes(name))),
      )
      .map(imported);
  },

  "resolvers touch no store": ({ file, imports }) =>
    file.endsWith(".resolver.ts") ? imports.filter(({ target }) => target.endsWith(".store")).map(imported) : [],

  "server and add-in know nothing of each other": ({ file, imports }) => {
    const other = file.startsWith("server/") ? "excel-addin/" : file.startsWith("excel-addin/") ? "server/" : null;
    // The start script launches the workbench beside the server, and so knows the program that serves it.
    const isLaunched = (target: string) =>
      file.startsWith("server/launch/") && target === "excel-addin/workbench/serve";
    return imports
      .filter(({ target }) => other !== null && target.startsWith(other) && !isLaunched(target))
      .map(imported);
  },

  "Excel.run only in excel-addin/workbook": ({ file, code }) =>
    /\bExcel\.run\b/.test(code) && !file.startsWith("excel-addin/workbook/") && !file.startsWith("test/")
      ? ["says Excel.run"]
      : [],

  "process.env only in environment, launch and configuration": ({ file, code }) =>
    /\bprocess\.env\b|\bprocess\[|\benv\b[^;]*\bfrom "process"/.test(code) && !mayReadEnvironment(file)
      ? ["reads process.env"]
      : [],
};

const mayReadEnvironment = (file: string): boolean =>
  file === "server/environment.ts" ||
  file.startsWith("server/launch/") ||
  file.startsWith("test/") ||
  /(^|\/)[\w-]+\.config\.ts$|(^|\/)codegen\.ts$/.test(file);

const imported = ({ target }: Import): string => `imports ${target}`;

function domainFolder(path: string): string | null {
  const [folder, ...rest] = path.slice(DOMAIN.length).split("/");
  return rest.length === 0 ? null : (folder ?? null);
}

/** Files beside the folders lie at −1, below all; null for a folder that no layer names. */
function domainLevel(path: string): number | null {
  const folder = domainFolder(path);
  if (folder === null) return -1;
  const level = DOMAIN_LAYERS.findIndex((layer) => layer.includes(folder));
  return level === -1 ? null : level;
}

const moduleOf = (path: string): string | null => /^server\/modules\/([^/]+)/.exec(path)?.[1] ?? null;
const isLocal = (target: string): boolean => /^(server|excel-addin|schema|prisma|test)\//.test(target);

/** Comments are dropped, and in `code` the content of strings too, so that words in them are no offence. */
function parse({ file, source }: SourceFile): ParsedFile {
  const token = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`/g;
  const isComment = (text: string) => text.startsWith("/");
  const withoutComments = source.replace(token, (text) => (isComment(text) ? "" : text));
  const code = source.replace(token, (text) => (isComment(text) ? "" : text.startsWith("`") ? text : '""'));
  return { file, code, imports: importsOf(file, withoutComments) };
}

function importsOf(file: string, source: string): Import[] {
  const statement = /\b(?:import|export)\b\s*(?:type\b\s*)?([^;"'`=()]*?)\bfrom\s*["']([^"']+)["']/g;
  const sideEffect = /\bimport\s*\(?\s*["']([^"']+)["']/g;
  const resolve = (specifier: string) =>
    specifier.startsWith(".")
      ? posix.join(posix.dirname(file), specifier).replace(/\.(ts|tsx|js|jsx|mjs)$/, "")
      : specifier;
  const named = [...source.matchAll(statement)].map(([, clause = "", specifier = ""]) => ({
    target: resolve(specifier),
    names: (/\{([^}]*)\}/.exec(clause)?.[1] ?? "")
      .split(",")
      .map(
        (name) =>
          name
            .trim()
            .replace(/^type\s+/, "")
            .split(/\s+as\s+/)[0] ?? "",
      )
      .filter((name) => name !== ""),
  }));
  const bare = [...source.matchAll(sideEffect)].map(([, specifier = ""]) => ({
    target: resolve(specifier),
    names: [],
  }));
  return [...named, ...bare];
}

/** Each knot of files that import each other, once, with one way round it. */
function cycles(files: readonly ParsedFile[]): Offence[] {
  const byPath = new Map(files.flatMap((file) => pathsOf(file.file).map((path) => [path, file] as const)));
  const state = new Map<ParsedFile, "open" | "done">();
  const offences: Offence[] = [];

  const visit = (file: ParsedFile, trail: readonly ParsedFile[]): void => {
    state.set(file, "open");
    const path = [...trail, file];
    for (const { target } of file.imports) {
      const next = byPath.get(target);
      if (next === undefined) continue;
      if (state.get(next) === "open") {
        const round = [...path.slice(path.indexOf(next)), next].map((each) => each.file);
        offences.push({ rule: "no import cycles", file: file.file, detail: round.join(" → ") });
      } else if (!state.has(next)) visit(next, path);
    }
    state.set(file, "done");
  };
  for (const file of files) if (!state.has(file)) visit(file, []);
  return offences;
}

/** The paths by which a file is imported: without extension, and an index by its folder. */
function pathsOf(file: string): string[] {
  const path = file.replace(/\.(ts|tsx|mjs|js)$/, "");
  return path.endsWith("/index") ? [path, path.slice(0, -"/index".length)] : [path];
}
