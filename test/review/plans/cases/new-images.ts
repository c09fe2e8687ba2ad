import { config, type PlanCase } from "../case";
import { uuid } from "../ids";
import { image, NEW, pinned, unpinned } from "../resources";

const golden = image("golden");

/** What postconditions of this library compare: they show in a plan as a check of the image, and as nothing else. */
const compared = {
  lifecycle: {
    postcondition: [
      {
        condition: '${self.status != "active" || self.properties["os_hash_value"] == "5"}',
        error_message: "DigestMismatch: it holds other bytes",
      },
    ],
  },
};

/** New images that are as they should be. */
export const NEW_IMAGES: readonly PlanCase[] = [
  {
    name: "image-created",
    description: "A new private image with its digest.",
    expects: [],
    blocks: false,
    state: [],
    config: config([golden]),
  },
  {
    name: "image-created-from-file",
    description: "A new private image from a local file.",
    expects: [],
    blocks: false,
    state: [],
    config: config([image("golden", { image_source_url: undefined, local_file_path: "build/golden.qcow2" })]),
  },
  {
    name: "image-created-signed",
    description: "A new image with all four properties of a signature.",
    expects: [],
    blocks: false,
    state: [],
    config: config([
      image("golden", {
        properties: {
          img_signature: "bm90IGEgc2lnbmF0dXJl",
          img_signature_hash_method: "SHA-256",
          img_signature_key_type: "RSA-PSS",
          img_signature_certificate_uuid: uuid("certificate"),
        },
      }),
    ]),
  },
  {
    name: "image-created-http-pinned",
    description: "The bytes come over http, and their digest is known.",
    expects: ["OSI-IMG-013"],
    blocks: false,
    state: [],
    config: config([image("golden", { image_source_url: pinned(NEW).replace("https", "http") })]),
  },
  {
    name: "image-created-moving-pinned",
    description: "The URL is that of the current build, with the digest of the one that was looked at.",
    expects: [],
    blocks: false,
    state: [],
    config: config([image("golden", { image_source_url: pinned(NEW).replace(NEW, "current") })]),
  },
  {
    name: "image-created-shared-compared",
    description: "A new shared image from a URL without a digest, whose bytes a postcondition compares.",
    expects: [],
    blocks: false,
    state: [],
    config: config([image("golden", { visibility: "shared", image_source_url: unpinned(NEW), ...compared })]),
  },
  {
    name: "image-web-download-compared",
    description: "Glance downloads by itself, and a postcondition compares what it stored.",
    expects: [],
    blocks: false,
    state: [],
    config: config([image("golden", { web_download: true, ...compared })]),
  },
];
