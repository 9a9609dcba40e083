/** Whether a process runs; one that ended and that nobody has asked about yet (a zombie) does not. */
export function isAlive(pid: number): boolean;
