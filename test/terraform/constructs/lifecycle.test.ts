import { copyFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { OpenstackProvider } from "@cdktf/provider-openstack/lib/provider";
import { LocalBackend, TerraformStack } from "cdktf";
import {
  BootSource,
  Digest,
  DigestPin,
  Flavor,
  type Image,
  ImageChange,
  ImageSource,
  ImageVisibility,
  OperatingSystem,
  OsPropertyChange,
  Server,
  Volume,
} from "cdktf-openstack-images";
import { synthApp } from "../../support/synth";
import { describeWithSchemaServer } from "../../support/terraform";
import {
  BAD,
  changes,
  DATA,
  DISK,
  fileWith,
  folder,
  GOLDEN,
  GOOD,
  golden,
  IMAGE_A,
  IMAGE_B,
  PROJECT,
  pinned,
  swap,
  URL,
  WEB,
} from "./samples";

const flavor = Flavor.fromFlavorId("42");
const REPLACED = ["delete", "create"];
const REPLACED_FIRST = ["create", "delete"];
const TRIGGERS = {
  "terraform_data.Data_ImageTrigger_C0FEB73B": REPLACED,
  "terraform_data.Disk_ImageTrigger_5DA0F73A": REPLACED,
  "terraform_data.Web_ImageTrigger_670CF68E": REPLACED,
};

/** A server on the flavor's disk, one on a new volume, and a volume, from one image. */
function launches(onImageChange: ImageChange, imageId: string) {
  return (stack: TerraformStack) => {
    const image = { imageId };
    const volumeMode = onImageChange === ImageChange.REBUILD ? undefined : onImageChange;
    const disk = BootSource.fromNewVolume(image, { sizeGb: 10, deleteOnTermination: true });
    new Server(stack, "Web", { boot: BootSource.fromImage(image), flavor, onImageChange });
    new Server(stack, "Disk", { boot: disk, flavor, onImageChange: volumeMode });
    new Volume(stack, "Data", { sizeGb: 10, image, onImageChange: volumeMode });
  };
}

describeWithSchemaServer("a changed image of what was launched", (kit) => {
  const { IGNORE, REPLACE, REBUILD } = ImageChange;

  test.each([IGNORE, REPLACE, REBUILD])("plans nothing when only the mode changes, from %s", (mode) => {
    const directory = folder(launches(mode, IMAGE_A));
    kit.apply(directory);
    const others = [IGNORE, REPLACE, REBUILD].map((other) =>
      changes(kit.plan(swap(directory, launches(other, IMAGE_A)))),
    );
    expect(others).toStrictEqual([{}, {}, {}]);
  });

  test("does in each mode what its doc says", () => {
    const directory = folder(launches(IGNORE, IMAGE_A));
    kit.apply(directory);
    const planned = (mode: ImageChange) => changes(kit.plan(swap(directory, launches(mode, IMAGE_B))));
    expect(planned(IGNORE)).toStrictEqual(TRIGGERS);
    expect(planned(REPLACE)).toStrictEqual({ ...TRIGGERS, [WEB]: REPLACED, [DISK]: REPLACED, [DATA]: REPLACED });
    expect(planned(REBUILD)).toStrictEqual({ ...TRIGGERS, [WEB]: ["update"] });
  });

  test("that was ignored stays ignored in another mode, and is taken by a later replacement", () => {
    const directory = folder(launches(IGNORE, IMAGE_A));
    kit.apply(directory);
    kit.apply(swap(directory, launches(IGNORE, IMAGE_B)));
    expect(changes(kit.plan(swap(directory, launches(REPLACE, IMAGE_B))))).toStrictEqual({});

    const addresses = [WEB, DISK, DATA];
    const plan = kit.plan(directory, ...addresses.map((address) => `-replace=${address}`));
    const images = addresses.map((wanted) => {
      const after = plan.resource_changes?.find(({ address }) => address === wanted)?.change.after;
      const [device] = (after?.block_device ?? []) as { uuid: string }[];
      return after?.image_id ?? device.uuid;
    });
    expect(images).toStrictEqual([IMAGE_B, IMAGE_B, IMAGE_B]);
  });

  test("leaves a server alone that is replaced for another reason with the image it has", () => {
    const directory = folder(launches(REPLACE, IMAGE_A));
    kit.apply(directory);
    expect(changes(kit.plan(directory, `-replace=${WEB}`))).toStrictEqual({ [WEB]: REPLACED });
  });

  test("replaces the server of an image of the app when its digest changes", () => {
    const app = (hex: string) => (stack: TerraformStack) => {
      const boot = BootSource.fromImage(golden(stack, { source: pinned(hex) }));
      new Server(stack, "Web", { boot, flavor, onImageChange: REPLACE });
    };
    const directory = folder(app(GOOD));
    kit.apply(directory);
    expect(changes(kit.plan(swap(directory, app(BAD))))).toStrictEqual({
      [GOLDEN]: REPLACED_FIRST,
      [WEB]: REPLACED,
      "terraform_data.Web_ImageTrigger_670CF68E": REPLACED,
    });
  });

  test("reaches a server in another stack by way of the state", () => {
    const outdirs = [GOOD, BAD].map((hex) =>
      synthApp((app) => {
        const [images, servers] = ["images", "servers"].map((id) => {
          const stack = new TerraformStack(app, id);
          new OpenstackProvider(stack, "openstack", {});
          new LocalBackend(stack, { path: `../${id}.tfstate` });
          return stack;
        });
        const image: Image = golden(images, { source: pinned(hex), minDiskGb: 4 });
        const small = Flavor.fromLookup(servers, "Small", { flavorName: "m1.small" });
        new Server(servers, "Web", { boot: BootSource.fromImage(image), flavor: small, onImageChange: REPLACE });
      }),
    );
    const [first, second] = outdirs;
    const [images, servers] = [first.images.stackFolder, first.servers.stackFolder];
    const publish = () => {
      kit.apply(images);
      copyFileSync(join(images, "test.tfstate"), join(images, "..", "images.tfstate"));
    };
    publish();
    kit.apply(servers);
    expect(changes(kit.plan(servers))).toStrictEqual({});
    writeFileSync(join(images, "cdk.tf.json"), second.images.text);
    publish();
    expect(changes(kit.plan(servers))).toStrictEqual({
      [WEB]: REPLACED,
      "terraform_data.Web_ImageTrigger_670CF68E": REPLACED,
    });
  });
});

describeWithSchemaServer("an image", (kit) => {
  test("is replaced, the new one first, when the digest of its URL changes", () => {
    const app = (hex: string) => (stack: TerraformStack) => golden(stack, { source: pinned(hex) });
    const directory = folder(app(GOOD));
    kit.apply(directory);
    expect(changes(kit.plan(directory))).toStrictEqual({});
    expect(changes(kit.plan(swap(directory, app(BAD))))).toStrictEqual({ [GOLDEN]: REPLACED_FIRST });
  });

  test("is replaced, the new one first, when the bytes of its file change", () => {
    const path = fileWith("one build");
    const app = (stack: TerraformStack) => golden(stack, { source: ImageSource.fromFile(path) });
    const directory = folder(app);
    kit.apply(directory);
    expect(changes(kit.plan(swap(directory, app)))).toStrictEqual({});
    writeFileSync(path, "another build");
    expect(changes(kit.plan(swap(directory, app)))).toStrictEqual({
      [GOLDEN]: REPLACED_FIRST,
      "terraform_data.Golden_ContentTrigger_7B91C740": REPLACED_FIRST,
    });
  });

  test("moves its members along when it is replaced", () => {
    const app = (hex: string) => (stack: TerraformStack) => {
      golden(stack, { source: pinned(hex), visibility: ImageVisibility.SHARED }).addMember("Staging", {
        projectId: PROJECT,
      });
    };
    const directory = folder(app(GOOD));
    kit.apply(directory);
    expect(changes(kit.plan(swap(directory, app(BAD))))).toStrictEqual({
      [GOLDEN]: REPLACED_FIRST,
      "openstack_images_image_access_v2.Golden_Staging_41BA21F8": REPLACED,
    });
  });

  test("from a file stays when its digest is pinned, which was only checked before", () => {
    const path = fileWith("one build");
    const app = (digestPin: DigestPin) => (stack: TerraformStack) => {
      golden(stack, { source: ImageSource.fromFile(path, { digestPin }) });
    };
    const directory = folder(app(DigestPin.CHECK));
    kit.apply(directory);
    expect(changes(kit.plan(swap(directory, app(DigestPin.REPLACE))))).toStrictEqual({
      "terraform_data.Golden_ContentTrigger_7B91C740": ["create"],
    });
  });

  const withOs = (version: string, osPropertyChange?: OsPropertyChange) => (stack: TerraformStack) => {
    golden(stack, { operatingSystem: OperatingSystem.linux({ distro: "ubuntu", version }), osPropertyChange });
  };
  const OS_TRIGGER = "terraform_data.Golden_OsPropertyTrigger_9EEE2979";

  test("stays when the trigger for os_* properties is added, and when it is dropped", () => {
    const directory = folder(withOs("24.04"));
    kit.apply(directory);
    swap(directory, withOs("24.04", OsPropertyChange.REPLACE));
    expect(changes(kit.plan(directory))).toStrictEqual({ [OS_TRIGGER]: ["create"] });
    kit.apply(directory);
    expect(changes(kit.plan(directory))).toStrictEqual({});
    expect(changes(kit.plan(swap(directory, withOs("24.04"))))).toStrictEqual({ [OS_TRIGGER]: ["delete"] });
  });

  test("is replaced by a changed os_* property with the trigger, and updated without", () => {
    const directory = folder(withOs("24.04", OsPropertyChange.REPLACE));
    kit.apply(directory);
    expect(changes(kit.plan(swap(directory, withOs("26.04", OsPropertyChange.REPLACE))))).toStrictEqual({
      [GOLDEN]: REPLACED_FIRST,
      [OS_TRIGGER]: REPLACED_FIRST,
    });
    kit.apply(swap(directory, withOs("24.04")));
    expect(changes(kit.plan(swap(directory, withOs("26.04"))))).toStrictEqual({ [GOLDEN]: ["update"] });
  });
});

describeWithSchemaServer("a protected image", (kit) => {
  const app = (url: string, isProtected: boolean) => (stack: TerraformStack) => {
    golden(stack, { source: ImageSource.fromUrl(url), protected: isProtected });
  };

  test("fails when a plan would replace or destroy it, and takes two changes instead", () => {
    const other = "https://images.test/other.qcow2";
    const directory = folder(app(URL, true));
    kit.apply(directory);
    expect(() => kit.plan(directory, "-destroy")).toThrow(
      /Instance cannot be destroyed[\s\S]*openstack_images_image_v2\.Golden/,
    );
    expect(() => kit.plan(swap(directory, app(other, true)))).toThrow(/Instance cannot be destroyed/);
    kit.apply(swap(directory, app(URL, false)));
    expect(changes(kit.plan(swap(directory, app(other, false))))).toStrictEqual({ [GOLDEN]: REPLACED_FIRST });
  });
});

describeWithSchemaServer("an image from a file that need not be there at synth", (kit) => {
  const text = "a disk";
  const app = (path: string) => (stack: TerraformStack) => {
    golden(stack, { source: ImageSource.fromFile(path, { digest: Digest.sha512(GOOD) }) });
  };

  test("fails when it is not there at plan either", () => {
    const path = fileWith(text);
    rmSync(path);
    const directory = folder(app(path));
    expect(() => kit.plan(directory)).toThrow(
      `SourceFileMissing: test/Golden uploads ${path}, which is not on this machine; put it there, as seen from the folder that the app runs in`,
    );
    writeFileSync(path, text);
    expect(changes(kit.plan(directory))).toStrictEqual({
      [GOLDEN]: ["create"],
      "terraform_data.Golden_ContentTrigger_7B91C740": ["create"],
    });
  });
});
