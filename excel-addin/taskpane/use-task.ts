import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { ApiError } from "../api/api-error";
import { isCancelled } from "../api/graphql-client";
import { texts } from "../texts";
import { WorkbookError } from "../workbook/workbook-error";

export interface Failure {
  readonly message: string;
  readonly isRetryable: boolean;
}

/** One thing that the pane is doing for the person in front of it. */
export interface Task<Arguments extends unknown[]> {
  /** Starts it; one that is still running is cancelled first. Never rejects: a failure is shown. */
  readonly start: (...args: Arguments) => Promise<void>;
  readonly cancel: () => void;
  /** Starts it again as it was started last. */
  readonly retry: () => void;
  readonly isRunning: boolean;
  /** Running for more than a second: time to say so. */
  readonly isSlow: boolean;
  readonly failure: Failure | null;
  readonly dismiss: () => void;
}

const SLOW_MS = 1_000;

export function useTask<Arguments extends unknown[]>(
  work: (signal: AbortSignal, ...args: Arguments) => Promise<void>,
): Task<Arguments> {
  const [isRunning, setIsRunning] = useState(false);
  const [isSlow, setIsSlow] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const current = useRef<AbortController | null>(null);
  const lastArguments = useRef<Arguments | null>(null);
  const latestWork = useRef(work);
  latestWork.current = work;

  const start = useCallback(async (...args: Arguments) => {
    current.current?.abort();
    const controller = new AbortController();
    current.current = controller;
    lastArguments.current = args;
    setIsRunning(true);
    setIsSlow(false);
    setFailure(null);
    const timer = setTimeout(() => setIsSlow(true), SLOW_MS);
    try {
      await latestWork.current(controller.signal, ...args);
    } catch (thrown) {
      if (current.current === controller && !isCancelled(thrown)) setFailure(toFailure(thrown));
    } finally {
      clearTimeout(timer);
      if (current.current === controller) {
        current.current = null;
        setIsRunning(false);
        setIsSlow(false);
      }
    }
  }, []);

  const cancel = useCallback(() => current.current?.abort(), []);
  const retry = useCallback(() => void (lastArguments.current && start(...lastArguments.current)), [start]);
  const dismiss = useCallback(() => setFailure(null), []);
  useEffect(() => () => current.current?.abort(), []);

  return useMemo(
    () => ({ start, cancel, retry, isRunning, isSlow, failure, dismiss }),
    [start, cancel, retry, isRunning, isSlow, failure, dismiss],
  );
}

function toFailure(thrown: unknown): Failure {
  if (thrown instanceof ApiError || thrown instanceof WorkbookError) {
    return { message: thrown.message, isRetryable: thrown.isRetryable };
  }
  console.error(thrown);
  return { message: texts.failures.unexpected, isRetryable: true };
}
