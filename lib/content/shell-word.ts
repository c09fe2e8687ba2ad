/** A word as a shell takes it. */
export function shellWord(text: string): string {
  return /^[\w./:@%+,=-]+$/.test(text) ? text : `'${text.replace(/'/g, "'\\''")}'`;
}

/** A file's name as a command takes it: neither an option, nor what qemu-img takes for a protocol. */
export function fileWord(name: string): string {
  return shellWord(/^-|^[^/]*:/.test(name) ? `./${name}` : name);
}
