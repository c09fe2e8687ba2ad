import { tmpdir } from "node:os";
import { isPrivateAddress } from "../http/address";
import type { Asking } from "../http/answer";
import { growingPause } from "../http/tries";

const STALL_MS = 60_000;

/** What tests set otherwise. */
export interface Settings extends Asking {
  /** The app's. */
  readonly folder: string;
  /** Where a folder for what is made meanwhile is made. */
  readonly temp: string;
  /** Where it shows how far it is. */
  readonly terminal: Pick<NodeJS.WriteStream, "isTTY" | "columns" | "write">;
  now(): Date;
}

export function processSettings(signal: AbortSignal): Settings {
  return {
    folder: process.cwd(),
    env: process.env,
    temp: tmpdir(),
    terminal: process.stderr,
    signal,
    stallMs: STALL_MS,
    pauseMs: growingPause,
    isPrivate: isPrivateAddress,
    now: () => new Date(),
  };
}
