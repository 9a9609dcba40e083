import { randomUUID } from "node:crypto";
import { access, link, mkdir, open, rename, unlink } from "node:fs/promises";
import { join } from "node:path";
import { composeMail, findMailFault } from "./compose-mail";
import type { MailTransport } from "./mail";

const codeOf = (problem: unknown): string =>
  problem instanceof Error && "code" in problem && typeof problem.code === "string" ? problem.code : "";

const isThere = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

/** Some file systems, such as a shared folder of a container, know no links. */
const withoutLinks = new Set(["EPERM", "ENOSYS", "ENOTSUP", "EOPNOTSUPP"]);

/** Gives a finished draft its name; answers false where another has it. Linking, unlike renaming, never replaces. */
const publish = async (draft: string, file: string): Promise<boolean> => {
  try {
    await link(draft, file);
    return true;
  } catch (problem) {
    if (codeOf(problem) === "EEXIST") return false;
    if (!withoutLinks.has(codeOf(problem))) throw problem;
    await rename(draft, file);
    return true;
  }
};

const writeOnce = async (folder: string, file: string, bytes: Buffer): Promise<boolean> => {
  const draft = join(folder, `.${randomUUID()}.part`);
  try {
    const handle = await open(draft, "wx");
    await handle
      .writeFile(bytes)
      .then(() => handle.sync())
      .finally(() => handle.close());
    return await publish(draft, file);
  } finally {
    await unlink(draft).catch(() => undefined);
  }
};

/**
 * The local default: each mail becomes an .eml file, which any mail program opens. The file is named by the message id,
 * so a mail that is there has been sent. It is written under another name, flushed, and then given its own: a reader never
 * sees half a mail, and of two senders at once one wins. What the disk refuses is worth another try.
 */
export const createOutboxMail = (folder: string): MailTransport => ({
  recognizesRepetition: true,
  send: async (mail) => {
    const fault = findMailFault(mail);
    if (fault) return { accepted: false, outcome: "permanent", reason: fault };
    const file = join(folder, `${mail.messageId}.eml`);
    if (await isThere(file)) return { accepted: true, outcome: "already_sent", refused: [] };
    const bytes = await composeMail(mail);
    try {
      await mkdir(folder, { recursive: true });
      const isFirst = await writeOnce(folder, file, bytes);
      return { accepted: true, outcome: isFirst ? "sent" : "already_sent", refused: [] };
    } catch (problem) {
      if (problem instanceof Error && codeOf(problem)) {
        return { accepted: false, outcome: "temporary", reason: problem.message };
      }
      throw problem;
    }
  },
});
