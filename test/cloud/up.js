// Brings the cloud up: what is missing is installed, made or started, and nothing else is touched.
const fs = require("node:fs");
const path = require("node:path");
const { Failure, logOf, run, waitFor } = require("./commands");
const { configure, makeFolders } = require("./configure");
const { hashOf, installDebian, installPython, missingPackages, once, unpackKernel } = require("./install");
const { ours, running, start, stop } = require("./processes");
const services = require("./services");
const {
  CLIENT,
  DATABASE_SOCKET,
  DATABASES,
  HOME,
  PASSWORDS,
  QEMU_CONF,
  QEMU_CONF_BEFORE,
  SIGN,
  VENV,
  at,
} = require("./settings");
const { runSteps } = require("./steps");

const { etc, program } = services;
const python = program("python");
const clientEnv = { ...CLIENT, SERVICE_PASSWORD: PASSWORDS.service, CLOUD: at() };
const started = async (service) => ((await start(service)) ? undefined : "was up");
const config = (...files) => files.flatMap((file) => ["--config-file", etc(file)]);

/** Kept beside the databases. */
const markOf = (name) => at("data/mysql", `${name}.done`);

/** Makes the tables of a service, again when another version of it was installed. */
function tables(name, profile, ...commands) {
  const lock = path.join(__dirname, "requirements", `${profile}.txt`);
  const each = ([command, ...words]) => run(`${name}-tables`, program(command), words);
  return () => once(markOf(`${name}-tables`), hashOf(lock), () => inTurn(commands, each));
}

async function inTurn(items, action) {
  for (const item of items) await action(item);
}

async function startDatabase(profile) {
  const note = await makeDatabaseFolder();
  await start(services.MARIADB);
  const sql = [
    ...DATABASES[profile].map((name) => `create database if not exists ${name} character set utf8mb3;`),
    `create user if not exists os@localhost identified by '${PASSWORDS.database}'; grant all on *.* to os@localhost;`,
  ];
  await run("mariadb-setup", "mariadb", ["--no-defaults", `--socket=${DATABASE_SOCKET}`, "--user=root"], {
    input: sql.join("\n"),
  });
  return note;
}

async function makeDatabaseFolder() {
  const folder = at("data/mysql");
  return once(markOf("folder"), folder, async () => {
    fs.rmSync(folder, { recursive: true, force: true });
    fs.mkdirSync(folder, { recursive: true });
    const words = [
      "--no-defaults",
      "--user=root",
      `--datadir=${folder}`,
      "--auth-root-authentication-method=socket",
      "--skip-test-db",
    ];
    await run("mariadb-setup", "mariadb-install-db", words);
  });
}

const keystone = (...words) => [...config("keystone.conf"), ...words];
const asRoot = ["--keystone-user", "root", "--keystone-group", "root"];
const bootstrap = keystone(
  "bootstrap",
  ...["--bootstrap-password", PASSWORDS.admin, "--bootstrap-region-id", "RegionOne"],
  ...["admin", "internal", "public"].flatMap((kind) => [`--bootstrap-${kind}-url`, "http://127.0.0.1:5000/v3/"]),
);

/** Keystone, and the Glances of two regions. */
function imageSteps(profile) {
  return {
    Debian: { run: () => installDebian(profile) },
    Python: { needs: ["Debian"], run: () => installPython(profile) },
    configuration: { needs: ["Python"], run: () => configure(profile) },
    MariaDB: { needs: ["Debian"], run: () => startDatabase(profile) },
    "Keystone's keys": {
      needs: ["configuration"],
      run: () =>
        once(at("data/credential-keys/done"), "made", () =>
          inTurn(["fernet_setup", "credential_setup"], (verb) =>
            run("keystone-tables", program("keystone-manage"), keystone(verb, ...asRoot)),
          ),
        ),
    },
    "Keystone's tables": {
      needs: ["MariaDB", "configuration"],
      run: tables("keystone", "images", ["keystone-manage", ...keystone("db_sync")]),
    },
    administrator: {
      needs: ["Keystone's tables", "Keystone's keys"],
      run: () =>
        once(markOf("administrator"), PASSWORDS.admin, () =>
          run("keystone-tables", program("keystone-manage"), bootstrap),
        ),
    },
    Keystone: { needs: ["administrator"], run: () => started(services.KEYSTONE) },
    identity: {
      needs: ["Keystone"],
      run: () => run("identity", python, [path.join(__dirname, "seed/identity.py")], { env: clientEnv }).then(() => {}),
    },
    "Glance's tables": {
      needs: ["MariaDB", "configuration"],
      run: tables(
        "glance",
        "images",
        ["glance-manage", ...config("glance-api.conf"), "db_sync"],
        ["glance-manage", ...config("glance-api.conf"), "db_load_metadefs", path.join(VENV, "etc/glance/metadefs")],
      ),
    },
    Glance: { needs: ["Glance's tables"], run: () => started(services.GLANCE) },
    "RegionTwo's tables": {
      needs: ["MariaDB", "configuration"],
      run: tables("glance-two", "images", ["glance-manage", ...config("region-two/glance-api.conf"), "db_sync"]),
    },
    RegionTwo: { needs: ["RegionTwo's tables"], run: () => started(services.GLANCE_TWO) },
  };
}

/** What boots from images, on top of these. */
function computeSteps() {
  const database = (name) =>
    `mysql+pymysql://os:${PASSWORDS.database}@localhost/${name}?unix_socket=${DATABASE_SOCKET}&charset=utf8mb4`;
  const novaManage = (...words) => ["nova-manage", ...config("nova.conf"), ...words];
  const tablesNeed = ["MariaDB", "configuration"];
  return {
    RabbitMQ: { needs: ["configuration"], run: startRabbit },
    "Open vSwitch": { needs: ["configuration"], run: startSwitch },
    libvirt: { needs: ["configuration"], run: startLibvirt },
    "Placement's tables": {
      needs: tablesNeed,
      run: tables("placement", "full", ["placement-manage", ...config("placement.conf"), "db", "sync"]),
    },
    "Nova's tables": {
      needs: tablesNeed,
      run: tables(
        "nova",
        "full",
        novaManage("api_db", "sync"),
        novaManage("cell_v2", "map_cell0", "--database_connection", database("nova_cell0")),
        novaManage("db", "sync"),
      ),
    },
    "Nova's cell": { needs: ["Nova's tables"], run: makeCell },
    "Neutron's tables": {
      needs: tablesNeed,
      run: tables("neutron", "full", ["neutron-db-manage", ...config("neutron.conf", "ml2.conf"), "upgrade", "heads"]),
    },
    "Cinder's tables": {
      needs: tablesNeed,
      run: tables("cinder", "full", ["cinder-manage", ...config("cinder.conf"), "db", "sync"]),
    },
    tables: { needs: ["Placement's tables", "Nova's cell", "Neutron's tables", "Cinder's tables"], run: () => {} },
    ...stepsFor(services.APIS, ["tables", "RabbitMQ"]),
    ...stepsFor(services.WORKERS, ["RabbitMQ", "tables", "identity", "Glance", ...namesOf(services.APIS)]),
    queues: { needs: namesOf(services.WORKERS), run: waiting(waitForQueues) },
    ...stepsFor(services.AGENTS, ["queues", "Open vSwitch", "libvirt"]),
    "guest kernel": { needs: ["Debian"], run: unpackKernel },
    guest: { needs: ["guest kernel"], run: buildGuest },
    "Nova's hosts": { needs: namesOf(services.AGENTS), run: waiting(findHosts) },
    seeds: {
      needs: ["guest", "Nova's hosts"],
      run: waiting(async () => {
        await run("seeds", python, [path.join(__dirname, "seed/cloud.py"), at("data/seeded.json")], { env: clientEnv });
      }),
    },
  };
}

const stepsFor = (list, needs) =>
  Object.fromEntries(list.map((service) => [service.name, { needs, run: () => started(service) }]));

const namesOf = (list) => list.map(({ name }) => name);

async function waitForQueues() {
  const url = `amqp://openstack:${PASSWORDS.rabbit}@127.0.0.1:5672/`;
  await run("queues", python, [path.join(__dirname, "seed/queues.py"), url, ...services.QUEUES_OF_OTHERS]);
}

async function startRabbit() {
  for (const folder of ["data/rabbitmq", "log/rabbitmq"])
    await run("rabbitmq-setup", "chown", ["-R", "rabbitmq:", at(folder)]);
  return started(services.RABBITMQ);
}

/** Open vSwitch and libvirt are reached by sockets of the machine: one that runs already would be used in place of the cloud's. */
async function refuseForeign({ name, ready }) {
  if (!running(name) && (await ready())) {
    throw new Failure(`${name}: another one runs on this machine; stop it, and run this again`);
  }
}

async function startSwitch() {
  await refuseForeign(services.OVSDB);
  fs.mkdirSync("/var/run/openvswitch", { recursive: true });
  if (!fs.existsSync(at("data/ovs/conf.db"))) {
    await run("ovsdb-setup", "ovsdb-tool", [
      "create",
      at("data/ovs/conf.db"),
      "/usr/share/openvswitch/vswitch.ovsschema",
    ]);
  }
  await start(services.OVSDB);
  return started(services.VSWITCHD);
}

async function startLibvirt() {
  await refuseForeign(services.LIBVIRTD);
  for (const folder of ["/var/run/libvirt", "/var/lib/libvirt/qemu", "/var/log/libvirt/qemu"])
    fs.mkdirSync(folder, { recursive: true });
  if (fs.existsSync(QEMU_CONF) && !fs.existsSync(QEMU_CONF_BEFORE)) fs.copyFileSync(QEMU_CONF, QEMU_CONF_BEFORE);
  fs.copyFileSync(etc("qemu.conf"), QEMU_CONF);
  // libvirtd looks its built-in user up, even when qemu.conf names another
  const script =
    "getent group kvm || groupadd -r kvm; getent group libvirt-qemu || groupadd -r libvirt-qemu; getent passwd libvirt-qemu || useradd -r -g kvm -d /var/lib/libvirt -s /usr/sbin/nologin libvirt-qemu";
  await run("libvirtd-setup", "sh", ["-c", script]);
  // one that has lost its libvirt takes no servers until it happens to ask again
  if (!running(services.LIBVIRTD.name)) await stop("nova-compute");
  return started(services.LIBVIRTD);
}

function buildGuest() {
  const script = path.join(__dirname, "guest/build.sh");
  return once(at("data/guest.done"), hashOf(script, path.join(__dirname, "guest/init")), () =>
    run("guest", script, [at("data")]),
  );
}

function makeCell() {
  return once(markOf("nova-cell"), "made", async () => {
    const cells = (...words) =>
      run("nova-tables", program("nova-manage"), [...config("nova.conf"), "cell_v2", ...words]);
    if (!(await cells("list_cells")).includes("cell1")) await cells("create_cell", "--name", "cell1");
  });
}

/** Nova schedules on hosts that it has mapped to a cell. */
function findHosts() {
  return once(markOf("nova-hosts"), "mapped", async () => {
    const cells = (...words) =>
      run("nova-hosts", program("nova-manage"), [...config("nova.conf"), "cell_v2", ...words]);
    const isMapped = async () => {
      await cells("discover_hosts");
      return (await cells("list_hosts")).includes("cloudhost");
    };
    await waitFor("nova-compute", isMapped, logOf("nova-compute"), 120);
  });
}

/** A step that waits for services: when one of them has ended, its log is the one to read. */
function waiting(action) {
  return async () => {
    try {
      return await action();
    } catch (error) {
      const ended = services.SERVICES.full.find(({ name }) => !running(name));
      throw ended ? new Failure(`${ended.name} ended`, logOf(ended.name)) : error;
    }
  };
}

/** Everything listens on loopback alone. */
async function checkLoopback() {
  const mine = new Set(ours());
  const sockets = await run("loopback", "ss", ["-Hltnp"]);
  const open = sockets.split("\n").filter((line) => {
    const [, , , address = ""] = line.split(/\s+/);
    const isLoopback = /^(127\.|\[::1\])/.test(address);
    return !isLoopback && [...line.matchAll(/pid=(\d+)/g)].some(([, pid]) => mine.has(Number(pid)));
  });
  if (open.length > 0) throw new Failure(`these listen elsewhere than on loopback:\n${open.join("\n")}`);
}

/** Refuses a folder that is somebody's: `down --wipe` would delete what it has. */
function claimFolder() {
  fs.mkdirSync(HOME, { recursive: true });
  const others = fs.readdirSync(HOME).filter((name) => name !== ".lock");
  if (others.length > 0 && !fs.existsSync(SIGN)) {
    throw new Failure(
      `${HOME} has files, and none of a cloud; set OPENSTACK_CLOUD_HOME to a folder that is new or empty`,
    );
  }
  fs.writeFileSync(SIGN, "the folder of a test cloud; npm run cloud:down -- --wipe deletes what is in it\n");
  fs.chmodSync(HOME, 0o755);
}

/** Brings a profile up and says how many seconds it took. */
async function up(profile, print = console.log) {
  claimFolder();
  makeFolders(profile);
  const isCold = !running(services.MARIADB.name);
  const before = fs.existsSync(VENV)
    ? "installed before"
    : (await missingPackages(profile)).length > 0
      ? "from nothing"
      : "from nothing but Debian's packages";
  const isFull = profile === "full" || services.SERVICES.full.some((one) => isBesides(one) && running(one.name));
  fs.writeFileSync(at("data/profile"), isFull ? "full" : "images");
  if (!fs.existsSync(at("data/seeded.json"))) fs.writeFileSync(at("data/seeded.json"), "[]");
  const steps = profile === "full" ? { ...imageSteps(profile), ...computeSteps() } : imageSteps(profile);
  const seconds = await runSteps(steps, print);
  await checkLoopback();
  if (isCold) note({ date: new Date().toISOString(), profile, before, seconds });
  return seconds;
}

const isBesides = (service) => !services.SERVICES.images.includes(service);
const note = (record) => fs.appendFileSync(at("log/up.jsonl"), `${JSON.stringify(record)}\n`);

module.exports = { up };
