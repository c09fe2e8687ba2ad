import { OperatingSystem } from "cdktf-openstack-images";

test("a Linux", () => {
  expect({ ...OperatingSystem.linux({ distro: "rocky", version: "9", adminUser: "rocky" }) }).toStrictEqual({
    type: "linux",
    distro: "rocky",
    version: "9",
    adminUser: "rocky",
  });
  expect(OperatingSystem.linux({ distro: "rocky", version: "9" }).adminUser).toBeUndefined();
});

test("a Windows", () => {
  expect({ ...OperatingSystem.windows({ version: "2022", adminUser: "Administrator" }) }).toStrictEqual({
    type: "windows",
    distro: "windows",
    version: "2022",
    adminUser: "Administrator",
  });
  expect(OperatingSystem.windows({ version: "2022" }).adminUser).toBeUndefined();
});
