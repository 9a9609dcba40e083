/** Progress goes to the error output: the output belongs to the command, which may print JSON. */
const screen = process.stderr;

/**
 * Runs one step of the way: a line that counts the seconds where somebody looks on, and one line when it is done.
 * A step answers whether it succeeded and what it printed; that is shown in full only when it failed.
 */
export async function step(title, run) {
  const startedAt = Date.now();
  const seconds = () => `${((Date.now() - startedAt) / 1000).toFixed(1)} s`;
  const show = () => screen.write(`\r\x1b[K· ${title}  ${seconds()}`);
  const ticker = screen.isTTY ? setInterval(show, 100) : undefined;
  const { ok, output } = await run().finally(() => {
    clearInterval(ticker);
    if (screen.isTTY) screen.write("\r\x1b[K");
  });
  screen.write(`${ok ? "✓" : "✗"} ${title}  ${seconds()}\n`);
  if (!ok) screen.write(`\n${output.trim()}\n\n`);
  return ok;
}

export function say(line) {
  screen.write(`${line}\n`);
}
