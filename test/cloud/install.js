// Brings what the cloud needs onto the machine: Debian's packages, and the services from PyPI by a lock with hashes.
const crypto = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");
const { run } = require("./commands");
const { VENV, at } = require("./settings");

const PACKAGES = {
  images: [
    "python3",
    "python3-venv",
    "mariadb-server-core",
    "mariadb-client-core",
    "iproute2",
    "qemu-utils",
    "genisoimage",
    "bzip2",
    "xz-utils",
    "zip",
    "zstd",
  ],
  full: [
    ...["rabbitmq-server", "libvirt-daemon", "libvirt-daemon-driver-qemu", "libvirt-clients", "qemu-system-x86"],
    ...["openvswitch-switch", "dnsmasq-base", "dnsmasq-utils", "iptables", "ipset", "conntrack", "iputils-arping"],
    // to build libvirt-python, of which PyPI has the source alone
    ...["libvirt-dev", "python3-dev", "pkg-config", "gcc"],
    // to build the guest
    ...["busybox-static", "cpio", "syslinux", "syslinux-common", "mtools", "dosfstools"],
  ],
};
const NO_SERVICES = "/usr/sbin/policy-rc.d";
const NO_SERVICES_TEXT = "#!/bin/sh\n# of the OpenStack test cloud, while it installs packages\nexit 101\n";
/** The caller's: proxies, mirrors and certificates are settings of the machine. */
const env = process.env;
const aptEnv = { ...env, DEBIAN_FRONTEND: "noninteractive" };

const packagesOf = (profile) => (profile === "full" ? [...PACKAGES.images, ...PACKAGES.full] : PACKAGES.images);

/** What Debian would start at the next boot of the machine, some of it on every interface. */
const UNITS = ["rabbitmq-server.service", "openvswitch-switch.service", "epmd.socket", "epmd.service"];

/** The packages that are not there yet. */
async function missingPackages(profile) {
  const wanted = packagesOf(profile);
  const format = `--showformat=\${Package} \${db:Status-Status}\n`;
  const known = await run("apt", "sh", ["-c", 'dpkg-query -W "$0" "$@" 2>/dev/null || true', format, ...wanted]);
  const installed = new Set(
    known
      .split("\n")
      .filter((line) => line.endsWith(" installed"))
      .map((line) => line.split(" ")[0]),
  );
  return wanted.filter((name) => !installed.has(name));
}

async function installDebian(profile) {
  const missing = await missingPackages(profile);
  const isOurs = fs.existsSync(NO_SERVICES) && fs.readFileSync(NO_SERVICES, "utf8") === NO_SERVICES_TEXT;
  // of an installation that was killed
  if (isOurs) fs.rmSync(NO_SERVICES);
  if (missing.length === 0) return "all there";
  await updateLists();
  // Debian starts a service as it installs it, on every interface
  const isMachines = fs.existsSync(NO_SERVICES);
  if (!isMachines) fs.writeFileSync(NO_SERVICES, NO_SERVICES_TEXT, { mode: 0o755 });
  try {
    // an installation that was killed
    await run("apt", "dpkg", ["--configure", "-a"], { env: aptEnv });
    const words = ["-o", "DPkg::Lock::Timeout=120", "install", "--yes", "--no-install-recommends"];
    await run("apt", "apt-get", [...words, ...missing], { env: aptEnv });
  } finally {
    if (!isMachines) fs.rmSync(NO_SERVICES);
  }
  if (missing.some((name) => UNITS.includes(`${name}.service`))) {
    await run("apt", "sh", ["-c", 'systemctl disable "$0" "$@" || true', ...UNITS]);
  }
  return `installed ${missing.length} packages`;
}

async function updateLists() {
  await run("apt", "apt-get", ["update"], { env: aptEnv });
}

async function installPython(profile) {
  const lock = path.join(__dirname, "requirements", `${profile}.txt`);
  return once(path.join(VENV, `${profile}.done`), hashOf(lock), async () => {
    const uv = await installUv();
    if (!fs.existsSync(path.join(VENV, "bin/python"))) {
      await run("python", uv, ["venv", "--clear", "--python", "/usr/bin/python3", VENV], { env });
    }
    const words = [
      "pip",
      "install",
      "--python",
      path.join(VENV, "bin/python"),
      "--require-hashes",
      "--requirement",
      lock,
    ];
    await run("python", uv, words, { env });
  });
}

/** uv installs two hundred packages in seconds, where pip takes minutes. */
async function installUv() {
  const uv = at("uv/bin/uv");
  const lock = path.join(__dirname, "requirements/uv.txt");
  await once(at("uv/done"), hashOf(lock), async () => {
    await run("python", "/usr/bin/python3", ["-m", "venv", at("uv")], { env });
    await run("python", at("uv/bin/pip"), ["install", "--require-hashes", "--requirement", lock], { env });
  });
  return uv;
}

/** Writes the locks anew from the files *.in: what is pinned stays, unless the words (`--upgrade`) say else. */
async function lock(words) {
  const folder = path.join(__dirname, "requirements");
  const uv = await installUv();
  const target = ["--python-version", "3.11", "--python-platform", "x86_64-manylinux_2_28"];
  const plain = ["--no-annotate", "--no-header", "--no-emit-index-url", "--no-emit-find-links"];
  // images takes its versions from full
  for (const name of ["uv", "full", "images"]) {
    const files = [`${name}.in`, "--output-file", `${name}.txt`];
    await run("python", uv, ["pip", "compile", "--generate-hashes", ...target, ...plain, ...words, ...files], {
      env,
      cwd: folder,
    });
  }
}

/** Unpacks Debian's cloud kernel for the guest; nothing of it is installed. */
async function unpackKernel() {
  if (fs.existsSync(at("data/kernel/boot"))) return "there";
  const folder = at("data/kernel-package");
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  const dependsOn = () => run("apt", "apt-cache", ["depends", "linux-image-cloud-amd64"], { env: aptEnv });
  const listed = await dependsOn().catch(() => updateLists().then(dependsOn));
  const name = /Depends: (linux-image\S+)/.exec(listed)[1];
  const download = () =>
    run("apt", "apt-get", ["-o", "APT::Sandbox::User=root", "download", name], { env: aptEnv, cwd: folder });
  await download().catch(() => updateLists().then(download));
  const [archive] = fs.readdirSync(folder);
  await run("apt", "dpkg-deb", ["-x", path.join(folder, archive), `${folder}/unpacked`]);
  fs.renameSync(`${folder}/unpacked`, at("data/kernel"));
  fs.rmSync(folder, { recursive: true });
}

const hashOf = (...files) =>
  files.reduce((hash, file) => hash.update(fs.readFileSync(file)), crypto.createHash("sha256")).digest("hex");

/** Does something unless it was done with the same key before. The mark is kept where the result is, and goes with it. */
async function once(mark, key, action) {
  if (fs.existsSync(mark) && fs.readFileSync(mark, "utf8") === key) return "done before";
  await action();
  fs.writeFileSync(mark, key);
}

module.exports = { hashOf, installDebian, installPython, lock, missingPackages, once, unpackKernel };
