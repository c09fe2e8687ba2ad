import { say } from "../message";
import type { Rule } from "../rule";
import { VOLUME } from "../subject";

export const VOLUME_DESTROYED: Rule = {
  id: "OSI-VOL-002",
  name: "VolumeDestroyed",
  level: "block",
  why: "A volume that is deleted cannot be had back, nor can what is on it.",
  example: "A volume's block is taken out of the code, or its construct gets another id.",
  fix: "if only its address changed, say so with a moved block (moveTo, moveFromId); else take a backup before",
  types: [VOLUME],
  of: "change",
  check(volume) {
    return volume.action === "delete" ? [{ message: say`it is destroyed: its data is lost` }] : [];
  },
};
