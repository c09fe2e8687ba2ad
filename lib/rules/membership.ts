import { type Message, say } from "./message";
import { IMAGE, type Subject, type World } from "./subject";

/** Whether a membership that is made anew is of the same project and the same image, be it that the image is made anew too. */
export function isSameMembership({ before, after }: Subject, images: readonly Subject[]): boolean {
  if (!before || !after) return false;
  const [project, image] = [before.text("member_id"), before.text("image_id")];
  if (after.text("member_id") !== project) return false;
  return after.text("image_id") === image || images.some((one) => one.action === "replace" && idOf(one) === image);
}

/** The images that a membership is or was of, as far as the plans have them. */
export function imagesOf(member: Subject, world: World): readonly Subject[] {
  return world.usedBy(member, "image_id").filter(({ type }) => type === IMAGE);
}

/** The image that a project has access to before the plan. */
export function imageBefore({ before }: Subject, images: readonly Subject[]): Message {
  const id = before?.text("image_id");
  return say`${images.find((image) => idOf(image) === id)?.address ?? id ?? "an image"}`;
}

/** The image that a project has access to after the plan. */
export function imageAfter({ after }: Subject, images: readonly Subject[]): Message {
  const id = after?.text("image_id");
  if (id !== undefined) return say`${images.find((image) => idOf(image) === id)?.address ?? id}`;
  const [next] = images;
  return next ? say`${next.address}` : say`an image that is known after the apply alone`;
}

function idOf({ before }: Subject): string | undefined {
  return before?.text("id");
}
