import { readFileSync } from "node:fs";
import { join } from "node:path";
import { OpenstackProvider } from "@cdktf/provider-openstack/lib/provider";
import { type TerraformStack, TerraformVariable, Token } from "cdktf";
import {
  type Architecture,
  ContainerFormat,
  Digest,
  DiskFormat,
  Image,
  type ImageLookupOptions,
  ImageMember,
  ImageMemberAcceptance,
  type ImageMemberAcceptanceProps,
  type ImageMemberProps,
  type ImageMemberStatus,
  ImageOwner,
  type ImageProps,
  ImageSource,
  ImageVisibility,
  OperatingSystem,
} from "cdktf-openstack-images";
import { only, synth } from "../support/synth";
import { inAppFolder, PROJECT, SHA512, URL_QCOW2, UUID } from "./given";

/** The names of a struct's props, those it inherits too, as the source declares them. */
function propsOf(file: string, name: string): string[] {
  const text = readFileSync(join(__dirname, "../../lib", file), "utf8");
  const [, parent, body] = new RegExp(`interface ${name} (?:extends (\\w+) )?\\{\\n([^]*?)\\n\\}`).exec(text) ?? [];
  const own = [...(body ?? "").matchAll(/^ {2}readonly (\w+)\??:/gm)].map(([, prop]) => prop);
  const parents: Record<string, string> = {
    OpenstackProps: "core/openstack-construct.ts",
    ImageMemberOptions: "image/image-member.ts",
    ImageSourceOptions: "image/source.ts",
  };
  return parent ? [...own, ...propsOf(parents[parent], parent)] : own;
}

/** A variable as each of the forms that a prop may have. */
class Unknown {
  constructor(private readonly stack: TerraformStack) {}

  private get v(): TerraformVariable {
    return (this.stack.node.tryFindChild("v") as TerraformVariable) ?? new TerraformVariable(this.stack, "v", {});
  }

  get text(): string {
    return this.v.stringValue;
  }

  get number(): number {
    return this.v.numberValue;
  }

  get list(): string[] {
    return this.v.listValue;
  }

  get map(): Record<string, string> {
    return Token.asStringMap(this.v.value);
  }

  get flag() {
    return this.v.booleanValue;
  }

  get secret(): TerraformVariable {
    return new TerraformVariable(this.stack, "secret", { sensitive: true });
  }

  get provider(): OpenstackProvider {
    return new OpenstackProvider(this.stack, "other", { alias: "other" });
  }
}

/** A prop with what only Terraform knows, and the attribute that it lands in (by path); or why it cannot be unknown. */
type Row<P> = { readonly props: (unknown: Unknown) => Partial<P>; readonly lands: string; readonly as?: string };
type Table<P> = Record<string, Row<P> | string>;

/** A token as cdktf encodes it, which must be gone: in text, and as a number. */
const GARBLED = /TfToken|\de\+\d{3}/;

const CONSTRUCT = "a reference to a construct";
const STEERS = "decides at synth which blocks there are";

function walk<P>(
  table: Table<P>,
  props: string[],
  type: string,
  build: (stack: TerraformStack, props: Partial<P>, unknown: Unknown) => void,
): void {
  test("the table has every prop", () => {
    expect(props.length).toBeGreaterThan(2);
    expect(Object.keys(table).sort()).toStrictEqual([...props].sort());
  });

  test.each(Object.entries(table).filter(([, row]) => typeof row !== "string"))("'%s' may be unknown", (_, row) => {
    const { props: given, lands, as = "${var.v}" } = row as Row<P>;
    const result = synth((stack) => {
      const unknown = new Unknown(stack);
      build(stack, given(unknown), unknown);
    });
    const value = lands.split("/").reduce((at, key) => at?.[key], only(result, type));
    expect(value).toStrictEqual(as);
    expect(result.text).not.toMatch(GARBLED);
    const unexpected = result.warnings.filter(({ message }) => !message.startsWith("ProtectedUnknown"));
    expect(unexpected).toStrictEqual([]);
  });
}

describe("ImageProps", () => {
  const table: Table<ImageProps> = {
    source: "ImageSource is walked below",
    imageName: { props: (u) => ({ imageName: u.text }), lands: "name" },
    diskFormat: { props: (u) => ({ diskFormat: DiskFormat.custom(u.text) }), lands: "disk_format" },
    containerFormat: { props: (u) => ({ containerFormat: ContainerFormat.custom(u.text) }), lands: "container_format" },
    visibility: { props: (u) => ({ visibility: u.text as ImageVisibility }), lands: "visibility" },
    minDiskGb: { props: (u) => ({ minDiskGb: u.number }), lands: "min_disk_gb" },
    minRamMb: { props: (u) => ({ minRamMb: u.number }), lands: "min_ram_mb" },
    protected: { props: (u) => ({ protected: u.flag }), lands: "protected" },
    hidden: { props: (u) => ({ hidden: u.flag }), lands: "hidden" },
    tags: { props: (u) => ({ tags: u.list }), lands: "tags" },
    operatingSystem: {
      props: (u) => ({
        operatingSystem: OperatingSystem.linux({ distro: u.text, version: u.text, adminUser: u.text }),
      }),
      lands: "properties",
      as: { os_admin_user: "${var.v}", os_distro: "${var.v}", os_type: "linux", os_version: "${var.v}" } as never,
    },
    architecture: {
      props: (u) => ({ architecture: u.text as Architecture }),
      lands: "properties/architecture",
    },
    kernelImage: { props: (u) => ({ kernelImage: { imageId: u.text } }), lands: "properties/kernel_id" },
    ramdiskImage: { props: (u) => ({ ramdiskImage: { imageId: u.text } }), lands: "properties/ramdisk_id" },
    properties: { props: (u) => ({ properties: u.map }), lands: "properties" },
    osPropertyChange: STEERS,
    imageId: { props: (u) => ({ imageId: u.text }), lands: "image_id" },
    provider: CONSTRUCT,
    region: { props: (u) => ({ region: u.text }), lands: "region" },
    dependsOn: CONSTRUCT,
  };
  walk(table, propsOf("image/image.ts", "ImageProps"), "openstack_images_image_v2", (stack, props) => {
    new Image(stack, "Base", { source: ImageSource.fromUrl(URL_QCOW2), ...props });
  });

  test.each<[string, (u: Unknown) => string, string]>([
    ["a value of the map of properties", (u) => u.text, "${var.v}"],
    ["text in the map of properties", (u) => `a-${u.text}`, "a-${var.v}"],
    ["a number in text in the map of properties", (u) => `${u.number} GiB`, "${var.v} GiB"],
  ])("%s may be unknown, and is checked", (_, value, expected) => {
    const result = synth((stack) => {
      const properties = { os_note: value(new Unknown(stack)) };
      new Image(stack, "Base", { source: ImageSource.fromUrl(URL_QCOW2), properties });
    });
    expect(only(result, "openstack_images_image_v2").properties).toStrictEqual({ os_note: expected });
    expect(result.json.check.Base.assert[0].condition).toContain("var.v");
    expect(result.text).not.toMatch(GARBLED);
  });
});

describe("UrlSourceOptions", () => {
  const options = propsOf("image/source.ts", "UrlSourceOptions");
  const table: Table<{ source: ImageSource }> = {
    location: {
      props: (u) => ({ source: ImageSource.fromUrl(u.text) }),
      lands: "image_source_url",
    },
    digest: {
      props: (u) => ({ source: ImageSource.fromUrl(URL_QCOW2, { digest: Digest.sha512(u.text) }) }),
      lands: "image_source_url",
      as: `${URL_QCOW2}#sha512=\${var.v}`,
    },
    storedDigest: {
      props: (u) => ({ source: ImageSource.fromWebDownload(u.text, { storedDigest: Digest.md5(u.text) }) }),
      lands: "lifecycle/postcondition/0/condition",
      as: '${self.status != "active" || try(coalesce(self.checksum), lower(var.v)) == lower(var.v)}',
    },
    digestPin: STEERS,
    username: {
      props: (u) => ({ source: ImageSource.fromUrl(u.text, { username: u.text, password: u.secret }) }),
      lands: "image_source_username",
    },
    password: {
      props: (u) => ({ source: ImageSource.fromUrl(u.text, { username: "me", password: u.secret }) }),
      lands: "image_source_password",
      as: "${var.secret}",
    },
  };
  walk(table, ["location", ...options], "openstack_images_image_v2", (stack, { source }) => {
    new Image(stack, "Base", { source: source as ImageSource, diskFormat: DiskFormat.QCOW2 });
  });

  test("an unknown URL keeps a known digest in its fragment", () => {
    const result = synth((stack) => {
      const source = ImageSource.fromUrl(new Unknown(stack).text, { digest: Digest.sha512(SHA512) });
      new Image(stack, "Base", { source, diskFormat: DiskFormat.RAW });
    });
    expect(only(result, "openstack_images_image_v2").image_source_url).toBe(`\${var.v}#sha512=${SHA512}`);
  });

  test("a known URL may hold an unknown part", () => {
    const result = synth((stack) => {
      const source = ImageSource.fromUrl(`https://${new Unknown(stack).text}/base.qcow2`);
      new Image(stack, "Base", { source, diskFormat: DiskFormat.RAW });
    });
    expect(only(result, "openstack_images_image_v2").image_source_url).toBe("https://${var.v}/base.qcow2");
  });

  test("a file's digest may be unknown, with the file at hand or not", () => {
    for (const path of ["here.raw", "nowhere.raw"]) {
      const result = inAppFolder({ "here.raw": "bytes" }, () =>
        synth((stack) => {
          const source = ImageSource.fromFile(path, { digest: Digest.sha256(new Unknown(stack).text) });
          new Image(stack, "Base", { source });
        }),
      );
      expect(only(result, "terraform_data")).toStrictEqual({ triggers_replace: "${var.v}" });
    }
  });
});

describe("ImageMemberProps", () => {
  const table: Table<ImageMemberProps> = {
    image: { props: (u) => ({ image: { imageId: u.text } }), lands: "image_id" },
    projectId: { props: (u) => ({ projectId: u.text }), lands: "member_id" },
    acceptance: CONSTRUCT,
    provider: CONSTRUCT,
    region: { props: (u) => ({ region: u.text }), lands: "region" },
    dependsOn: CONSTRUCT,
  };
  const type = "openstack_images_image_access_v2";
  walk(table, propsOf("image/image-member.ts", "ImageMemberProps"), type, (stack, props) => {
    new ImageMember(stack, "Team", { image: { imageId: UUID }, projectId: PROJECT, ...props });
  });
});

describe("ImageMemberAcceptanceProps", () => {
  const table: Table<ImageMemberAcceptanceProps> = {
    image: { props: (u) => ({ image: { imageId: u.text } }), lands: "image_id" },
    projectId: { props: (u) => ({ projectId: u.text }), lands: "member_id" },
    member: CONSTRUCT,
    provider: CONSTRUCT,
    region: { props: (u) => ({ region: u.text }), lands: "region" },
    dependsOn: CONSTRUCT,
  };
  const type = "openstack_images_image_access_accept_v2";
  const props = propsOf("image/image-member-acceptance.ts", "ImageMemberAcceptanceProps");
  walk(table, [...new Set(props)], type, (stack, given, { provider }) => {
    new ImageMemberAcceptance(stack, "Here", { image: { imageId: UUID }, projectId: PROJECT, provider, ...given });
  });
});

describe("ImageLookupOptions", () => {
  const table: Table<ImageLookupOptions> = {
    imageName: { props: (u) => ({ imageName: u.text }), lands: "name" },
    nameRegex: { props: (u) => ({ nameRegex: u.text }), lands: "name_regex" },
    visibility: {
      props: (u) => ({
        imageName: "base",
        visibility: u.text as ImageVisibility,
        owner: ImageOwner.fromProjectId(PROJECT),
      }),
      lands: "visibility",
    },
    owner: { props: (u) => ({ imageName: "base", owner: ImageOwner.fromProjectId(u.text) }), lands: "owner" },
    memberStatus: {
      props: (u) => ({ imageName: "base", memberStatus: u.text as ImageMemberStatus }),
      lands: "member_status",
    },
    mostRecent: { props: (u) => ({ imageName: "base", mostRecent: u.flag }), lands: "most_recent" },
    tags: { props: (u) => ({ tags: u.list }), lands: "tags" },
    properties: { props: (u) => ({ properties: u.map }), lands: "properties" },
    hidden: { props: (u) => ({ imageName: "base", hidden: u.flag }), lands: "hidden" },
    allowSnapshot: STEERS,
    provider: CONSTRUCT,
    region: { props: (u) => ({ imageName: "base", region: u.text }), lands: "region" },
    dependsOn: CONSTRUCT,
  };
  const type = "data.openstack_images_image_v2";
  walk(table, propsOf("image/image-lookup.ts", "ImageLookupOptions"), type, (stack, options) => {
    Image.fromLookup(stack, "Found", { visibility: ImageVisibility.PUBLIC, ...options });
  });
});
