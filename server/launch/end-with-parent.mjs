/**
 * Loaded before the programs that the launcher runs. The channel to the launcher closes when that dies, also by
 * `kill -9`; then the program is asked to end. What it starts itself is its own affair, so it has to be the child.
 */
if (process.channel && process.env.BILLGRID_LAUNCHER === String(process.ppid)) {
  process.once("disconnect", () => process.kill(process.pid, "SIGTERM"));
  process.channel.unref();
}
