/** Markup that is safe to send: made by `html`, which escapes whatever it is given. */
export class Html {
  constructor(readonly markup: string) {}

  toString(): string {
    return this.markup;
  }
}

type Content = Html | string | number | null | false | readonly Content[];

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

// Control characters have no place in a page; direction-changing ones could make a figure read differently.
const UNSHOWABLE = /[^\P{C}\n\r\t\u200c\u200d]/gu;

const escaped = (text: string): string =>
  text.replace(UNSHOWABLE, "").replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? "");

const markupOf = (content: Content): string => {
  if (content instanceof Html) return content.markup;
  if (content === null || content === false) return "";
  if (typeof content === "string" || typeof content === "number") return escaped(String(content));
  return content.map(markupOf).join("");
};

/** html`<p>${text}</p>`: text is escaped, Html and lists of it are taken as they are, null and false leave nothing. */
export const html = (parts: TemplateStringsArray, ...contents: readonly Content[]): Html =>
  new Html(parts.map((part, index) => part + markupOf(contents[index] ?? null)).join(""));

export const NOTHING = new Html("");
