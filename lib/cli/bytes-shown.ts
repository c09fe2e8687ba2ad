const UNITS = ["bytes", "KiB", "MiB", "GiB", "TiB", "PiB"];

/** A size for people: `1.5 GiB`. */
export function bytesShown(bytes: number): string {
  const power = bytes === 0 ? 0 : Math.min(Math.floor(Math.log2(bytes) / 10), UNITS.length - 1);
  return power === 0 ? `${bytes} bytes` : `${(bytes / 1024 ** power).toFixed(1)} ${UNITS[power]}`;
}
