import { because } from "../rules/because";
import { changedNames, REBUILDING } from "../rules/changed";
import { objectIn, own } from "../rules/json";
import { type Message, namesOf, say } from "../rules/message";
import { projectName } from "../rules/project-name";
import { IMAGE, MEMBER, SERVER, type Subject, VOLUME, type World } from "../rules/subject";
import { isWider } from "../rules/visibility";
import type { Change } from "./plan";

/** What a change comes to, for people. */
export type ConsequenceKind =
  | "server-rebuilt"
  | "server-replaced"
  | "server-destroyed"
  | "volume-replaced"
  | "volume-destroyed"
  | "image-uploaded"
  | "image-replaced"
  | "image-destroyed"
  | "renamed"
  | "visibility-wider"
  | "visibility-narrower"
  | "member-gained"
  | "member-lost"
  | "protection-lifted"
  | "hidden"
  | "metadata"
  | "created"
  | "destroyed"
  | "replaced"
  | "forgotten"
  | "imported"
  | "moved"
  | "nothing"
  | "unknown";

/** A consequence, and what it erases for good. */
export interface Consequence {
  readonly kind: ConsequenceKind;
  readonly erases?: "root disk" | "volume";
  readonly message: Message;
}

/** What a change does; several things, often. */
export function consequencesOf(change: Change, world: World): readonly Consequence[] {
  const addressed: Consequence[] = [
    ...(change.movedFrom === undefined
      ? []
      : [{ kind: "moved" as const, message: say`another address, and it was ${change.movedFrom}` }]),
    ...(change.isImported ? [{ kind: "imported" as const, message: say`taken over by Terraform` }] : []),
  ];
  if (change.isData || change.action === "none" || change.action === "read") return addressed;
  return [...addressed, ...done(change, world)];
}

function done(change: Change, world: World): readonly Consequence[] {
  const { action, before } = change;
  if (action === "strange")
    return [{ kind: "unknown", message: say`does what this version does not know: do not take it for harmless` }];
  if (action === "forget") return [{ kind: "forgotten", message: say`Terraform forgets it; it stays in the cloud` }];
  switch (change.type) {
    case IMAGE:
      return ofImage(change, world);
    case SERVER:
      return ofServer(change);
    case VOLUME:
      return ofVolume(change);
    case MEMBER:
      return ofMember(change, world);
    default:
      return [plainly(action, before !== undefined)];
  }
}

function plainly(action: Subject["action"], wasThere: boolean): Consequence {
  if (action === "create") return { kind: "created", message: say`made` };
  if (action === "replace") return { kind: "replaced", message: say`destroyed, and made anew` };
  if (action === "delete" && wasThere) return { kind: "destroyed", message: say`destroyed` };
  return { kind: "metadata", message: say`changed in place` };
}

function ofServer(server: Change): readonly Consequence[] {
  const { action } = server;
  if (action === "create") return [{ kind: "created", message: say`a new server` }];
  const erases = keepsRootDisk(server) ? undefined : ("root disk" as const);
  const lost = erases ? say`its root disk is lost` : say`the volume that it boots from stays`;
  if (action === "replace")
    return [
      {
        kind: "server-replaced",
        erases,
        message: say`the server is destroyed and made anew${because(server)}: ${lost}`,
      },
    ];
  if (action === "delete")
    return [{ kind: "server-destroyed", erases, message: say`the server is destroyed: ${lost}` }];
  const changed = changedNames(server);
  const rebuilding = changed.filter((name) => REBUILDING.includes(name));
  if (rebuilding.length > 0)
    return [
      {
        kind: "server-rebuilt",
        erases: "root disk",
        message: say`Nova rebuilds the server, which Terraform calls an update in place: its root disk is lost (${namesOf(rebuilding)})`,
      },
    ];
  return inPlace(changed);
}

/** Whether a server boots from a volume that does not go with it. */
function keepsRootDisk({ before }: Change): boolean {
  const devices = (before?.list("block_device") ?? []).map(objectIn);
  const root = devices.find((device) => own(device, "boot_index") === 0) ?? devices[0];
  if (!root) return false;
  return own(root, "destination_type") === "volume" && own(root, "delete_on_termination") !== true;
}

function ofVolume(volume: Change): readonly Consequence[] {
  const { action } = volume;
  if (action === "create") return [{ kind: "created", message: say`a new volume` }];
  if (action === "replace")
    return [
      {
        kind: "volume-replaced",
        erases: "volume",
        message: say`the volume is destroyed and made anew: its data is lost${because(volume)}`,
      },
    ];
  if (action === "delete")
    return [{ kind: "volume-destroyed", erases: "volume", message: say`the volume is destroyed: its data is lost` }];
  return inPlace(changedNames(volume));
}

function ofMember(member: Change, world: World): readonly Consequence[] {
  const project = (side: Subject["before"]) => projectName(side?.text("member_id"), world);
  const gained: Consequence = { kind: "member-gained", message: say`project ${project(member.after)} gets access` };
  const lost: Consequence = { kind: "member-lost", message: say`project ${project(member.before)} loses access` };
  if (member.action === "create") return [gained];
  if (member.action === "delete") return [lost];
  if (member.action === "replace") return [lost, gained];
  return inPlace(changedNames(member));
}

function ofImage(image: Change, _: World): readonly Consequence[] {
  const { action } = image;
  if (action === "create") return [{ kind: "image-uploaded", message: say`a new image is uploaded` }];
  if (action === "delete") return [{ kind: "image-destroyed", message: say`the image is deleted` }];
  const all: Consequence[] = [];
  if (action === "replace")
    all.push({
      kind: "image-replaced",
      message: say`a new image is uploaded, and the old one is deleted${because(image)}`,
    });
  all.push(...visibilityOf(image));
  const { before, after } = image;
  const [from, to] = [before?.text("name"), after?.text("name")];
  if (from !== undefined && to !== undefined && from !== to)
    all.push({ kind: "renamed", message: say`it is renamed from ${from} to ${to}` });
  if (before?.flag("protected") && after?.flag("protected") === false)
    all.push({ kind: "protection-lifted", message: say`it is no longer protected` });
  if (
    before?.flag("hidden") !== undefined &&
    after?.flag("hidden") !== undefined &&
    before.flag("hidden") !== after.flag("hidden")
  )
    all.push({
      kind: "hidden",
      message: after.flag("hidden") ? say`it is hidden from lists` : say`it is in lists again`,
    });
  const told = ["visibility", "name", "protected", "hidden"];
  const rest = action === "update" ? changedNames(image).filter((name) => !told.includes(name)) : [];
  return [...all, ...(rest.length > 0 || all.length === 0 ? inPlace(rest) : [])];
}

function visibilityOf({ before, after }: Subject): Consequence[] {
  const [from, to] = [before?.text("visibility"), after?.text("visibility")];
  if (from === undefined || to === undefined || from === to) return [];
  return [
    isWider(from, to)
      ? { kind: "visibility-wider", message: say`more may see it: ${from} becomes ${to}` }
      : { kind: "visibility-narrower", message: say`fewer may see it: ${from} becomes ${to}` },
  ];
}

function inPlace(changed: readonly string[]): readonly Consequence[] {
  return changed.length === 0
    ? [{ kind: "nothing", message: say`nothing in the cloud` }]
    : [{ kind: "metadata", message: say`changed in place: ${namesOf(changed)}` }];
}
