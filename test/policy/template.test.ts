import { argumentsOf, attributesOf, namesIn } from "../../lib/policy/template";

describe("attributes", () => {
  test("are literals as Terraform reads them", () => {
    const read = attributesOf({ name: "a $${b} %%{c}", protected: true, min_disk_gb: 4, tags: ["$${t}"], owner: null });
    expect(read.text("name")).toBe("a ${b} %{c}");
    expect(read.flag("protected")).toBe(true);
    expect(read.number("min_disk_gb")).toBe(4);
    expect(read.list("tags")).toStrictEqual(["${t}"]);
    expect(read.get("owner")).toBeUndefined();
    expect(["name", "tags", "owner"].some((name) => read.isUnknown(name))).toBe(false);
  });

  test.each(["${var.a}", "a-${var.a}", "%{ if true }a%{ endif }", "$${a}${b}"])(
    "are unknown where %s stands",
    (text) => {
      const read = attributesOf({ name: text });
      expect(read.isUnknown("name")).toBe(true);
      expect(read.get("name")).toBeUndefined();
    },
  );

  test("are known in part, as a plan has them", () => {
    const read = attributesOf({
      properties: { os_distro: "ubuntu", "a.$${b}": "1", hw_disk_bus: "${var.bus}" },
      block_device: [{ uuid: "${x.y.id}", source_type: "image" }, { source_type: "blank" }],
      tags: ["a", "${var.b}"],
    });
    expect(read.map("properties")).toStrictEqual({ os_distro: "ubuntu", "a.${b}": "1" });
    expect(read.unknownKeys("properties")).toStrictEqual(["hw_disk_bus"]);
    expect(read.list("block_device")).toStrictEqual([{ source_type: "image" }, { source_type: "blank" }]);
    expect(read.list("tags")).toStrictEqual(["a", null]);
    expect(read.isUnknown("block_device")).toBe(false);
  });

  test("are unknown where keys of a map are", () => {
    expect(attributesOf({ properties: { "${var.key}": "a", b: "c" } }).isUnknown("properties")).toBe(true);
  });
});

test("arguments are without Terraform's own; blocks of a dynamic one are not known", () => {
  const args = argumentsOf({
    "//": {},
    count: 2,
    lifecycle: {},
    depends_on: [],
    provider: "openstack.a",
    name: "a",
    dynamic: { block_device: { for_each: "${var.disks}", content: { uuid: "${a.b.id}" } } },
  });
  expect(Object.keys(args)).toStrictEqual(["name", "block_device"]);
  expect(attributesOf(args).isUnknown("block_device")).toBe(true);
  expect(namesIn(args["block_device"])).toContainEqual(["a", "b", "id"]);
});

test.each([
  ["${a.b.id}", [["a", "b", "id"]]],
  [
    '${a.b[0].id} ${a.c["k"].id}',
    [
      ["a", "b", "id"],
      ["a", "c", "id"],
    ],
  ],
  ["${a.b.*.id}", [["a", "b", "*", "id"]]],
  ["${element(a.b-c.ids, 0)}", [["a", "b-c", "ids"]]],
  ["${data.terraform_remote_state.s.outputs.o}", [["data", "terraform_remote_state", "s", "outputs", "o"]]],
  ["a.b.id", []],
  ["$${a.b.id}", []],
])("names in %s", (text, names) => {
  expect(namesIn(text)).toStrictEqual(names);
  expect(namesIn([{ [`x${text}`]: 1 }])).toStrictEqual(names);
});
