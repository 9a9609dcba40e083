/** Ends the process in good order on the first SIGINT or SIGTERM: the parts are stopped one after the other. */
export function stopOnSignal(parts: readonly (() => Promise<void>)[]): void {
  let isStopping = false;
  const stop = async () => {
    if (isStopping) return;
    isStopping = true;
    for (const part of parts) await part();
    process.exit(0);
  };
  process.on("SIGINT", () => void stop());
  process.on("SIGTERM", () => void stop());
}
