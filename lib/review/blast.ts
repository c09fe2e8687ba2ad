import { IMAGE, SERVER, type Use, VOLUME, type World } from "../rules/subject";
import type { Change } from "./plan";

/** How many servers and volumes stand on images that this changes. What nobody looked at is said, and never counted as none. */
export interface Blast {
  readonly inPlan: number;
  readonly inSiblings: number;
  /** In the cloud, outside of the plans; undefined when nobody looked. */
  readonly live?: number;
  readonly notChecked: readonly string[];
}

/** What the review of plans alone cannot see. */
const NOT_CHECKED = ["servers and volumes that no plan here knows, of this project and of others"];

export function blastOf(world: World, changes: readonly Change[]): Blast {
  const images = changes.filter(({ type, action }) => type === IMAGE && !["none", "create", "read"].includes(action));
  const hit = (isNear: (image: Change, by: Change) => boolean) => {
    const users = images.flatMap((image) =>
      world.usesOf(image).flatMap(({ by }: Use) => (isRunning(by as Change) && isNear(image, by as Change) ? by : [])),
    );
    return new Set(users).size;
  };
  return {
    inPlan: hit((image, by) => image.plan === by.plan),
    inSiblings: hit((image, by) => image.plan !== by.plan),
    notChecked: NOT_CHECKED,
  };
}

/** Whether it is there already, and may be hit. */
function isRunning({ type, before }: Change): boolean {
  return (type === SERVER || type === VOLUME) && before !== undefined;
}
