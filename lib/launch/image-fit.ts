import { InvalidInput } from "../core/errors";
import { hcl } from "../core/hcl";
import { isKnown } from "../core/known";
import { message } from "../core/message";
import type { Assertion } from "../core/stack-blocks";
import type { IConstruct, IResolvable } from "../framework";
import { declaredImage } from "../image/declared-image";
import type { IImage } from "../image/image-ref";
import type { Flavor } from "./flavor";

const GIB = 1024 ** 3;

/** What Nova checks of memory, whatever the server boots from. Known numbers fail here; the rest comes out as preconditions. */
export function fitsMemory(scope: IConstruct, image: IImage, flavor: Flavor): Assertion[] {
  const ram = { label: `the memory of ${flavorInWords(flavor)}`, unit: "MiB", value: flavor.ramMb };
  return atMost(scope, { label: `'minRamMb' of ${imageInWords(image)}`, value: image.minRamMb }, ram);
}

/** What Nova checks of an image on the flavor's disk. */
export function fitsFlavor(scope: IConstruct, image: IImage, flavor: Flavor): Assertion[] {
  return fitsDisk(scope, image, {
    label: `the disk of ${flavorInWords(flavor)}`,
    unit: "GiB",
    value: flavor.diskGb,
    zeroIsUnlimited: true,
  });
}

/** What Nova and Cinder check of an image on a new volume. */
export function fitsVolume(scope: IConstruct, image: IImage, sizeGb: number, label = "'sizeGb'"): Assertion[] {
  return fitsDisk(scope, image, { label, unit: "GiB", value: sizeGb });
}

interface Need {
  readonly label: string;
  readonly value?: number;
  /** The value as Terraform works it out, where it takes more than a reference. */
  readonly expression?: IResolvable;
}

interface Room {
  readonly label: string;
  readonly unit: string;
  readonly value?: number;
  readonly zeroIsUnlimited?: boolean;
}

function fitsDisk(scope: IConstruct, image: IImage, room: Room): Assertion[] {
  const bytes = image.imageSizeBytes;
  const size = {
    label: `the size of ${imageInWords(image)}`,
    value: isKnown(bytes) ? Math.ceil(bytes / GIB) : bytes,
    expression: isKnown(bytes) ? undefined : hcl`ceil(${bytes} / ${GIB})`,
  };
  const minimum = { label: `'minDiskGb' of ${imageInWords(image)}`, value: image.minDiskGb };
  // of two numbers that are known the larger says it all
  if (isKnown(minimum.value) && isKnown(size.value)) {
    return atMost(scope, size.value > minimum.value ? size : minimum, room);
  }
  return [...atMost(scope, minimum, room), ...atMost(scope, size, room)];
}

function atMost(scope: IConstruct, need: Need, room: Room): Assertion[] {
  if (need.value === undefined || room.value === undefined) return [];
  if (isKnown(need.value) && isKnown(room.value)) {
    if (need.value <= room.value || (room.zeroIsUnlimited && room.value === 0)) return [];
    throw new InvalidInput(
      "ImageDoesNotFit",
      scope,
      `${room.label} must be at least ${need.label}, ${need.value} ${room.unit}, got ${room.value}; take a larger one`,
    );
  }
  if (need.value === 0 || (room.zeroIsUnlimited && room.value === 0)) return [];
  const needed = need.expression ?? need.value;
  const fits = hcl`${needed} <= ${room.value}`;
  return [
    {
      condition: room.zeroIsUnlimited && !isKnown(room.value) ? hcl`${room.value} == 0 || ${fits}` : fits,
      errorMessage: message`ImageDoesNotFit: ${room.label} must be at least ${need.label}, ${needed} ${room.unit}, got ${room.value}, for ${scope.node.path}; take a larger one.`,
    },
  ];
}

function imageInWords(image: IImage): string {
  const name = declaredImage(image)?.construct.node.path ?? image.imageName;
  return isKnown(name) ? `image ${name}` : "the image";
}

function flavorInWords(flavor: Flavor): string {
  const name = [flavor.flavorName, flavor.flavorId].find(isKnown);
  return name === undefined ? "the flavor" : `flavor ${name}`;
}
