import { movingWord } from "../../lib/content/moving";

// as the distributions lay out their servers
const MOVING = {
  latest: [
    "https://repo.almalinux.org/almalinux/9/cloud/x86_64/images/AlmaLinux-9-GenericCloud-latest.x86_64.qcow2",
    "https://download.rockylinux.org/pub/rocky/9/images/x86_64/Rocky-9-GenericCloud.latest.x86_64.qcow2",
    "https://cloud.debian.org/images/cloud/trixie/latest/debian-13-genericcloud-amd64.qcow2",
    "https://cloud.centos.org/centos/9-stream/x86_64/images/CentOS-Stream-GenericCloud-9-latest.x86_64.qcow2",
  ],
  daily: ["https://cloud.debian.org/images/cloud/trixie/daily/latest/debian-13-genericcloud-amd64-daily.qcow2"],
  current: [
    "https://images.example/proj-20190101/images/current/disk.img",
    "https://cloud-images.ubuntu.com/noble/current/noble-server-cloudimg-amd64.img",
  ],
  release: ["https://cloud-images.ubuntu.com/releases/24.04/release/ubuntu-24.04-server-cloudimg-amd64.img"],
  leap: [
    "https://download.opensuse.org/distribution/leap/15.6/appliances/openSUSE-Leap-15.6-Minimal-VM.x86_64-Cloud.qcow2",
    "https://download.opensuse.org/distribution/leap/16.0/appliances/Leap-16.0-Minimal-VM.x86_64-Cloud.qcow2",
  ],
  lastsuccessfulbuild: ["https://ci.example/job/images/lastSuccessfulBuild/artifact/disk.qcow2"],
  tumbleweed: ["https://download.opensuse.org/tumbleweed/appliances/openSUSE-Tumbleweed-Minimal-VM.x86_64-Cloud.qcow2"],
};
const FIXED = [
  "https://download.opensuse.org/distribution/leap/15.6/appliances/openSUSE-Leap-15.6-Minimal-VM.x86_64-15.6.0-Cloud-Build16.33.qcow2",
  "https://repo.almalinux.org/almalinux/9/cloud/x86_64/images/AlmaLinux-9-GenericCloud-9.8-20260526.x86_64.qcow2",
  "https://cloud.debian.org/images/cloud/trixie/daily/20260712-2537/debian-13-genericcloud-amd64-daily-20260712-2537.qcow2",
  "https://cloud-images.ubuntu.com/noble/20260101/noble-server-cloudimg-amd64.img",
  "https://cloud-images.ubuntu.com/releases/24.04/release-20240423/ubuntu-24.04-server-cloudimg-amd64.img",
  "https://download.opensuse.org/tumbleweed/appliances/openSUSE-Tumbleweed-Minimal-VM.x86_64-1.0.0-Cloud-Snapshot20260101.qcow2",
  "https://download.cirros-cloud.net/0.6.2/cirros-0.6.2-x86_64-disk.img",
  "https://latest.example/releases/image.qcow2?current=1",
  "https://images.example/currently/delatest.qcow2",
];

test.each(Object.entries(MOVING).flatMap(([word, urls]) => urls.map((url) => [url, word])))(
  "%s moves: %s",
  (url, word) => {
    expect(movingWord(url)).toBe(word);
  },
);

test.each(FIXED)("%s stays", (url) => {
  expect(movingWord(url)).toBeUndefined();
});
