import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError } from "../../../excel-addin/api/api-error";
import type { GraphqlClient, Subscriber } from "../../../excel-addin/api/graphql-client";
import type { Operation, OperationItem } from "../../../excel-addin/api/operations";
import {
  type CommandPlan,
  type CommandProgress,
  parseUnfinishedPlan,
  runPlan,
  type UnfinishedPlan,
} from "../../../excel-addin/taskpane/commands/command-plan";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
afterEach(() => void vi.useRealTimers());

type Item = Pick<OperationItem, "subjectId" | "status"> & Partial<OperationItem>;

/** What the server would answer: each operation passes through these states, one each time it is asked or pushed. */
interface Script {
  readonly operations: readonly { readonly states: readonly Operation[]; readonly items: readonly Item[] }[];
  readonly isPushed?: boolean;
  /** Failures of the first questions about progress. */
  readonly failures?: readonly ApiError[];
}

const running = (change: Partial<Operation>): Operation => ({
  id: "operation-1",
  kind: "FINALIZE",
  status: "RUNNING",
  total: 3,
  done: 0,
  succeeded: 0,
  skipped: 0,
  failed: 0,
  requestedBy: "Ada Example",
  createdAt: "2026-11-03T09:00:00Z",
  finishedAt: null,
  ...change,
});
const finished = (change: Partial<Operation>) => running({ status: "COMPLETED", done: 3, ...change });

/** A client in memory that follows the script and remembers which commands it was given. */
function scriptedClient({ operations, isPushed = false, failures = [] }: Script) {
  const commands: { mutation: string; selection: unknown; idempotencyKey: unknown }[] = [];
  const waiting = [...failures];
  const place = new Map<string, number>();
  const find = (id: string) => {
    const found = operations.find(({ states }) => states[0]?.id === id);
    if (!found) throw new Error(`The script has no operation ${id}.`);
    return found;
  };
  const nextState = (id: string) => {
    const { states } = find(id);
    const now = Math.min((place.get(id) ?? 0) + 1, states.length - 1);
    place.set(id, now);
    return states[now] as Operation;
  };

  const client: GraphqlClient = {
    async request(document, variables) {
      const text = document.toString();
      const asked = variables as { id: string; input: { selection: unknown; idempotencyKey: unknown } };
      const mutation = /(recalculate|finalize|send)Invoices(?=\()/.exec(text)?.[0];
      if (mutation) {
        const operation = operations[commands.length]?.states[0];
        commands.push({ mutation, ...asked.input });
        return { [mutation]: { __typename: "Success", operation } } as never;
      }
      if (text.includes("query OperationItems")) {
        const nodes = find(asked.id).items.map((item, ordinal) => ({
          ordinal,
          code: null,
          message: null,
          invoice: null,
          ...item,
        }));
        return { operation: { items: { nodes, pageInfo: { hasNextPage: false, endCursor: null } } } } as never;
      }
      const failure = waiting.shift();
      if (failure) throw failure;
      return { operation: nextState(asked.id) } as never;
    },
    subscribe(_document, variables, subscriber) {
      const { id } = variables as { id: string };
      const { next, ended } = subscriber as Subscriber<{ operationProgress: Operation }>;
      let isOpen = true;
      queueMicrotask(() => {
        if (isPushed) for (const operationProgress of find(id).states.slice(1)) if (isOpen) next({ operationProgress });
        if (isOpen) ended();
      });
      return () => {
        isOpen = false;
      };
    },
  };
  return { client, commands };
}

const plan = (kinds: CommandPlan["kinds"]): CommandPlan => ({
  view: { viewId: "view-1", viewName: "Month-end review", month: "2026-10" },
  kinds,
  idempotencyKey: "key",
});

async function run(script: Script, thePlan: CommandPlan, operation?: { step: number; operation: Operation }) {
  const { client, commands } = scriptedClient(script);
  const progress: CommandProgress[] = [];
  const started: UnfinishedPlan[] = [];
  const ended = runPlan(
    client,
    thePlan,
    operation ?? { step: 0, selection: { invoiceIds: ["a", "b", "c"] } },
    { onStep: (one) => started.push(one), onProgress: (one) => progress.push(one), onOutcome: () => {} },
    new AbortController().signal,
  );
  // Waiting for the next question takes no time here; a rejection is the test's, not the timers'.
  await Promise.all([vi.runAllTimersAsync(), ended.catch(() => {})]);
  return { outcomes: await ended, commands, progress, started };
}

const finalizing = {
  states: [running({}), running({ done: 1, succeeded: 1 }), finished({ succeeded: 2, failed: 1 })],
  items: [
    { subjectId: "a", status: "SUCCEEDED" },
    { subjectId: "b", status: "FAILED", message: "Recalculate it first." },
    { subjectId: "c", status: "SKIPPED" },
  ],
} satisfies Script["operations"][number];

const sending = {
  states: [
    running({ id: "operation-2", kind: "SEND", total: 2 }),
    finished({ id: "operation-2", kind: "SEND", total: 2, done: 2, succeeded: 2 }),
  ],
  items: [
    { subjectId: "a", status: "SUCCEEDED" },
    { subjectId: "c", status: "SUCCEEDED" },
  ],
} satisfies Script["operations"][number];

describe("finalize and send", () => {
  it("sends what was finalized now or before, and not what was refused", async () => {
    const { outcomes, commands } = await run(
      { operations: [finalizing, sending], isPushed: true },
      plan(["FINALIZE", "SEND"]),
    );
    expect(commands).toEqual([
      { mutation: "finalizeInvoices", selection: { invoiceIds: ["a", "b", "c"] }, idempotencyKey: "key:FINALIZE" },
      { mutation: "sendInvoices", selection: { invoiceIds: ["a", "c"] }, idempotencyKey: "key:SEND" },
    ]);
    expect(outcomes.map(({ operation }) => [operation.kind, operation.succeeded])).toEqual([
      ["FINALIZE", 2],
      ["SEND", 2],
    ]);
  });

  it("sends nothing after finalizing was cancelled", async () => {
    const cancelled = {
      states: [running({}), running({ status: "CANCELLED", done: 1, succeeded: 1 })],
      items: [
        { subjectId: "a", status: "SUCCEEDED" },
        { subjectId: "b", status: "PENDING" },
      ],
    } satisfies Script["operations"][number];
    const { commands } = await run({ operations: [cancelled, sending] }, plan(["FINALIZE", "SEND"]));
    expect(commands.map(({ mutation }) => mutation)).toEqual(["finalizeInvoices"]);
  });

  it("starts no sending where everything was refused", async () => {
    const refused = {
      states: [running({}), finished({ failed: 1 })],
      items: [{ subjectId: "a", status: "FAILED" }],
    } satisfies Script["operations"][number];
    const { commands } = await run({ operations: [refused, sending] }, plan(["FINALIZE", "SEND"]));
    expect(commands.map(({ mutation }) => mutation)).toEqual(["finalizeInvoices"]);
  });

  it("goes on with an operation that ran while the pane was closed", async () => {
    const { commands, outcomes } = await run({ operations: [sending, finalizing] }, plan(["FINALIZE", "SEND"]), {
      step: 0,
      operation: running({}),
    });
    expect(commands).toEqual([
      { mutation: "sendInvoices", selection: { invoiceIds: ["a", "c"] }, idempotencyKey: "key:SEND" },
    ]);
    expect(outcomes).toHaveLength(2);
  });

  it("remembers at each step how to go on", async () => {
    const { started } = await run({ operations: [finalizing, sending], isPushed: true }, plan(["FINALIZE", "SEND"]));
    expect(started.map(({ step, operationId }) => [step, operationId])).toEqual([
      [0, null],
      [0, "operation-1"],
      [1, null],
      [1, "operation-2"],
    ]);
    for (const one of started) expect(parseUnfinishedPlan(JSON.stringify(one))).toEqual(one);
    expect(parseUnfinishedPlan(null)).toBeNull();
    expect(parseUnfinishedPlan("{")).toBeNull();
    expect(parseUnfinishedPlan('{"plan":{}}')).toBeNull();
  });
});

describe("the progress of an operation", () => {
  it("is asked for where nothing can be pushed", async () => {
    const { progress } = await run({ operations: [finalizing] }, plan(["FINALIZE"]));
    expect(progress.map(({ operation }) => `${operation.status} ${operation.done}`)).toEqual([
      "RUNNING 0",
      "RUNNING 1",
      "COMPLETED 3",
    ]);
  });

  it("never goes back, whatever order the answers come in", async () => {
    const disordered = {
      ...finalizing,
      states: [running({}), running({ done: 2 }), running({ done: 1 }), finished({}), running({ done: 2 })],
    };
    const { progress } = await run({ operations: [disordered], isPushed: true }, plan(["FINALIZE"]));
    expect(progress.map(({ operation }) => operation.done)).toEqual([0, 2, 3]);
  });

  it("is interrupted and not lost while the server does not answer", async () => {
    const offline = new ApiError("OFFLINE", "Billgrid cannot be reached.");
    const { progress, outcomes } = await run({ operations: [finalizing], failures: [offline] }, plan(["FINALIZE"]));
    expect(progress.map(({ isInterrupted }) => isInterrupted)).toEqual([false, true, true, false, false]);
    expect(outcomes[0]?.operation.status).toBe("COMPLETED");
  });

  it("ends with the refusal where the server refuses to show it", async () => {
    const forbidden = new ApiError("FORBIDDEN", "Your role does not allow this.");
    await expect(run({ operations: [finalizing], failures: [forbidden] }, plan(["FINALIZE"]))).rejects.toBe(forbidden);
  });

  it("is no longer followed after the pane was closed", async () => {
    const { client } = scriptedClient({ operations: [finalizing] });
    const controller = new AbortController();
    controller.abort();
    const ignored = { onStep: () => {}, onProgress: () => {}, onOutcome: () => {} };
    await expect(
      runPlan(client, plan(["FINALIZE"]), { step: 0, operation: running({}) }, ignored, controller.signal),
    ).rejects.toMatchObject({ code: "CANCELLED" });
  });
});
