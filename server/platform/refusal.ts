/** One thing that is wrong with an input, and where: `path` walks from the input object to the place. */
export type Problem = { readonly code: string; readonly message: string; readonly path: readonly string[] };

/**
 * An expected refusal: a value, never an exception. `code` is for programs, `message` says what is wrong and what to do,
 * `path` says where. The kinds are the SDL types that implement UserError.
 */
export type Refusal =
  | (Problem & { readonly kind: "InvalidInput"; readonly problems: readonly Problem[] })
  | (Problem & { readonly kind: "NotFound" })
  | (Problem & { readonly kind: "StaleVersion"; readonly currentVersion: number })
  | (Problem & { readonly kind: "Conflict" })
  | (Problem & { readonly kind: "IdempotencyKeyReused" });

/** A refusal that only one command knows, by the SDL type that implements UserError for it. */
export type OwnRefusal = Problem & { readonly kind: string };

type Refused = { readonly ok: false; readonly error: Refusal };
const refuse = (error: Refusal): Refused => ({ ok: false, error });

/** All problems at once, so that nobody has to fix them one request at a time. */
export function invalidInput(problems: readonly Problem[]): Refused {
  const [first] = problems;
  if (!first) throw new Error("invalidInput needs at least one problem");
  const rest = problems.length - 1;
  return refuse({
    kind: "InvalidInput",
    code: first.code,
    message: rest === 0 ? first.message : `${first.message} (and ${rest} more)`,
    path: first.path,
    problems,
  });
}

export const invalid = (code: string, message: string, path: readonly string[]): Refused =>
  invalidInput([{ code, message, path }]);

/** `thing` in the glossary's words: "customer", "price". */
export const notFound = (thing: string, id: string, path: readonly string[] = ["id"]): Refused =>
  refuse({
    kind: "NotFound",
    code: `${thing.toUpperCase().replaceAll(" ", "_")}_NOT_FOUND`,
    message: `There is no ${thing} ${id}.`,
    path,
  });

export const staleVersion = (thing: string, currentVersion: number, path: readonly string[] = ["version"]): Refused =>
  refuse({
    kind: "StaleVersion",
    code: "STALE_VERSION",
    message: `The ${thing} was changed in the meantime (it is at version ${currentVersion}). Read it again and repeat the change.`,
    path,
    currentVersion,
  });

/** The same where edits are counted by revisions, as of the terms of a quote. */
export const staleRevision = (thing: string, currentRevision: number): Refused =>
  refuse({
    kind: "StaleVersion",
    code: "STALE_VERSION",
    message: `Somebody edited ${thing} in the meantime (it is at revision ${currentRevision}). Read it again and repeat the change.`,
    path: ["revision"],
    currentVersion: currentRevision,
  });

export const conflict = (code: string, message: string, path: readonly string[] = []): Refused =>
  refuse({ kind: "Conflict", code, message, path });

export const idempotencyKeyReused = (key: string): Refused =>
  refuse({
    kind: "IdempotencyKeyReused",
    code: "IDEMPOTENCY_KEY_REUSED",
    message: `The idempotency key "${key}" was used before with another input. Use a new key for a new command.`,
    path: ["idempotencyKey"],
  });
