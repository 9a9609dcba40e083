import DataLoader from "dataloader";
import { GraphQLError } from "graphql";
import type { PlainDate } from "../domain/calendar/plain-date";
import { type Actor, isAllowed, type Permission } from "./access";
import type { Clock } from "./clock";
import type { Notifications } from "./notifications";

const SIGN_IN =
  "Sign in, or send an API key as `Authorization: Bearer …`. A token that was sent is over, revoked, or not of this server.";

/** The signed-in caller with the organization that everything is read from and written to. */
export type Caller = {
  readonly organizationId: string;
  readonly actor: Actor;
  readonly sessionId: string | null;
  readonly expiresAt: Date | null;
  /** the organization's own time: pinned where a sandbox has a test clock */
  readonly now: Date;
  readonly today: PlainDate;
};

/** Answers many keys with one statement; keys without a row answer null. */
export type Batch<K, V> = (keys: readonly K[]) => Promise<ReadonlyMap<K, V>>;

/** What a process has one of, handed to whoever needs it. */
export type Services = {
  readonly clock: Clock;
  readonly notifications: Notifications;
  /** Where people reach the server from outside: what links for them begin with. */
  readonly publicUrl: string;
};

/** What a resolver may reach beside its use cases and queries. One per request. */
export class RequestContext {
  // Not a #private field: the GraphQL server hands resolvers a copy of the context, made field by field.
  private readonly loaders = new Map<Batch<never, unknown>, DataLoader<never, unknown>>();

  constructor(
    readonly requestId: string,
    private readonly signedIn: Caller | null,
    readonly services: Services,
  ) {}

  /** Refuses everything that needs an organization where nobody is signed in. */
  get caller(): Caller {
    if (!this.signedIn) {
      throw new GraphQLError(SIGN_IN, {
        extensions: { code: "UNAUTHENTICATED", http: { status: 401 } },
      });
    }
    return this.signedIn;
  }

  get isSignedIn(): boolean {
    return this.signedIn !== null;
  }

  /** Refuses callers whose role does not carry the permission. */
  require(permission: Permission): Caller {
    const { caller } = this;
    if (!isAllowed(caller.actor.role, permission)) {
      throw new GraphQLError(
        `The role ${caller.actor.role.toUpperCase()} may not do this. Ask an administrator for a role that may.`,
        {
          extensions: { code: "FORBIDDEN", permission: permission.toUpperCase() },
        },
      );
    }
    return caller;
  }

  /** Reads one of many: all keys asked for in one tick go into one call of `batch`. */
  load<K extends string, V>(batch: Batch<K, V>, key: K): Promise<V | null> {
    let loader = this.loaders.get(batch as never) as DataLoader<K, V | null> | undefined;
    if (!loader) {
      loader = new DataLoader<K, V | null>(async (keys) => {
        const found = await batch(keys);
        return keys.map((key) => found.get(key) ?? null);
      });
      this.loaders.set(batch as never, loader as never);
    }
    return loader.load(key);
  }

  /** What was read before a command may have changed by it; a request can have several commands. */
  forgetLoaded(): void {
    this.loaders.clear();
  }

  /** Like load, where a missing row would be a bug, such as the customer of an invoice. */
  async mustLoad<K extends string, V>(batch: Batch<K, V>, key: K): Promise<V> {
    const value = await this.load(batch, key);
    if (value === null) throw new Error(`${batch.name}: nothing under ${key}`);
    return value;
  }
}
